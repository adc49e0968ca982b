"""The order of things. Only here is the whole picture known."""
