"""Subset scan: groups of values that rise together, each of them too thinly to be seen alone."""
