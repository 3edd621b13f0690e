"""Templates, styles and scripts of pages: files under ``data/report``, a folder a kind of page."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


@cache
def page_file(folder: str, name: str) -> str:
    """The text of a file."""
    return files("aiqyn").joinpath("data", "report", folder, name).read_text(encoding="utf-8")


@cache
def page_templates(folder: str) -> Environment:
    """The folder's templates: what is put in is escaped, and what is missing is an error."""
    return Environment(
        loader=FunctionLoader(partial(page_file, folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
