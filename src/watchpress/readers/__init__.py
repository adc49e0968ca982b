"""The readers: copy in, report out. One signature: read(source, tell) -> Reading."""
