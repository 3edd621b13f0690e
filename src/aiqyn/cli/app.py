"""The verbs, in the order of the data's journey. No arithmetic here; heavy imports inside a verb.

Data on stdout, progress on stderr. Exit codes: 0 done, 1 our fault, 2 usage, 3 input refused,
4 answer refused, 5 not permitted.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from aiqyn import __version__
from aiqyn.cli import (
    attack_verbs,
    estimate_verbs,
    evaluate_verbs,
    factors_verbs,
    nowcast_verbs,
    observatory_verbs,
    open_data_verbs,
    record_verbs,
    scan_verbs,
    screen_verbs,
    signal_verbs,
    synthesise_verbs,
    watch_verbs,
    where_verbs,
)
from aiqyn.cli.audit_verbs import audit_app
from aiqyn.cli.link_verbs import link_app
from aiqyn.cli.programme_verbs import programme_app
from aiqyn.cli.refusals import print_refusal, tell_refusal
from aiqyn.cli.short_life import live_shortly
from aiqyn.errors import AiqynError, UsageRefused

JOURNEY = (
    *("new", "check", "build", "classify", "profile", "figures", "link", "estimate"),
    *("simulate-mse", "watch", "scan", "nowcast", "screen", "factors", "programme", "evaluate"),
    *("power", "attack", "protect", "synthesise", "report", "open-data", "audit"),
)
CANNOT_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)


class _Hall(TyperGroup):
    """Help in the order of the journey, other verbs at the end; faults of usage as JSON too."""

    def list_commands(self, ctx: Any) -> list[str]:  # Any: click's own context
        named = [verb for verb in JOURNEY if verb in self.commands]
        return [*named, *(verb for verb in self.commands if verb not in JOURNEY)]

    def invoke(self, ctx: Any) -> Any:  # Any: click's own context, and what the verb gives back
        """Run the verb; words that it does not take are told on stdout where --json is one."""
        try:
            return super().invoke(ctx)
        except TyperException as fault:
            told = getattr(fault, "format_message", fault.__str__)
            print_refusal(UsageRefused("OBS-046", why=told()))
            raise


app = typer.Typer(
    name="aiqyn",
    cls=_Hall,
    help="An open national observatory on trafficking in persons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: no boxes, and half the time to start
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; a refusal ends with its message, how to mend it, and its exit code."""
    live_shortly()
    try:
        app(prog_name="aiqyn")
    except AiqynError as refusal:
        tell_refusal(refusal)
        sys.exit(refusal.exit_code)
    except OSError as why:
        if why.errno not in CANNOT_WRITE:
            raise
        closed = UsageRefused("OBS-021", folder=Path(why.filename or ".").parent.name)
        tell_refusal(closed)
        sys.exit(closed.exit_code)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"aiqyn {__version__}")
        raise typer.Exit


@app.callback()
def first(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Say the version and end."
        ),
    ] = False,
) -> None:
    """An open national observatory on trafficking in persons."""


for verbs in (
    observatory_verbs,
    record_verbs,
    estimate_verbs,
    watch_verbs,
    scan_verbs,
    nowcast_verbs,
    screen_verbs,
    signal_verbs,
    evaluate_verbs,
    factors_verbs,
    where_verbs,
    attack_verbs,
    synthesise_verbs,
    open_data_verbs,
):
    verbs.register(app)
app.add_typer(link_app, name="link", short_help="which records of several lists are one person")
app.add_typer(programme_app, name="programme", short_help="the register of programmes")
app.add_typer(audit_app, name="audit", short_help="whether the chain of what was done is whole")
