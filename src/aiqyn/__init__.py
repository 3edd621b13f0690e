"""Aiqyn: an open national observatory on trafficking in persons."""

__version__ = "0.1.0"
