"""The reader of plain copy: scraped blog text in, report XML out."""
