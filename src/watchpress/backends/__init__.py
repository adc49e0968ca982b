"""The backends: one form of product each, all with `write(work, styles, out, tell)`."""
