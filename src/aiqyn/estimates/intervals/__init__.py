"""Intervals: tables drawn again, BCa limits, and what must be said of the drawing."""
