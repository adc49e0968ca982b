"""The series: what series.toml says, which copy there is, and the volumes made of it."""
