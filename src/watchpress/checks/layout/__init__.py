"""Checks of the layout: they look at pages as data, and open no file."""

from watchpress.checks.layout.verdict import Subject, check

__all__ = ["Subject", "check"]
