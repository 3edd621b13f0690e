"""Prevention: risk factors, where to act, and whether a programme worked."""
