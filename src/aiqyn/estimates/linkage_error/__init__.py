"""Linkage error in the estimate: what it does to the total, and the total without it."""
