"""Clerical review: pairs in doubt, two readers apart, a third where they differ."""
