"""watchpress: raw copy of numbered-note report series to checked XML, PDF and EPUB."""

__version__ = "0.1.0"
