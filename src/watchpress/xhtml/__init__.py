"""From XML to XHTML: reports, and the parts of a book; one form for both backends."""
