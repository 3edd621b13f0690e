"""The chapters of the report, each from cleared evidence to blocks."""
