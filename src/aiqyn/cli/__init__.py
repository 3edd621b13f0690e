"""Words typed by a person: each verb is one call into the library."""

from aiqyn.cli.app import main

__all__ = ["main"]
