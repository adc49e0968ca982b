"""Defects planted in clean copy: each has to be found, with its code, where it is; else nothing.

`clean/`: a series in which nothing is to be found. `*.toml`: the plantings (rows.py tells how they
are written). `elsewhere.toml`: codes that no copy can have, and what shows them. `true.toml`: what
is found, rightly, in the sample series.
"""
