"""The checks: read a product back and judge it. One signature: check(subject, tell)."""
