"""Capture histories: the counts, their cells and terms, and the files they come from."""
