"""The command line: parses, prints, exits. The only rooms that print."""
