"""The volume: reports bound together, in which order, on which pages, with which numbers."""
