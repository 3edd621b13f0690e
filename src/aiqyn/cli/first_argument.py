"""A verb whose first word may be a verb of its own: ``link FILE…`` and ``link audit DIR``."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class FilesOrVerb(TyperGroup):
    """Takes the first word for a verb where it is one, else hands everything to ``files``."""

    default = "files"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Any: click's own context
        """Put the default verb in front of words that name none."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [self.default, *args]
        return super().parse_args(ctx, args)
