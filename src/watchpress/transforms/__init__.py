"""The transforms: each owns the tree while it holds it. One signature: apply(report, tell)."""
