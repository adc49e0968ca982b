"""The EPUB backend; writer.write is its door."""
