"""The preflight of a file for the press: what a printing house would send back."""

from watchpress.checks.preflight.order import Order
from watchpress.checks.preflight.verdict import Subject, check

__all__ = ["Order", "Subject", "check"]
