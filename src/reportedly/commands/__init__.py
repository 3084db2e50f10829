"""The command line: ``reportedly COMMAND``, a command a module. Heavy imports happen inside the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

EPILOG = "Exit status: 0 done, 1 error, 2 wrong use, 3 some reports failed (the rest is done)."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (of this process where ``arguments`` is ``None``) and exit with the command's status."""
    from reportedly.errors import ReportedlyError

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        build_app()(args=None if arguments is None else list(arguments), prog_name="reportedly")
    except ReportedlyError as error:
        from reportedly.commands.terminal import notice

        notice(f"reportedly: {error}")
        sys.exit(error.exit_code)


def build_app() -> typer.Typer:
    """The Typer application with all commands."""
    import typer

    from reportedly.commands import (
        actors,
        add,
        brief,
        changes,
        claims,
        decide,
        decisions,
        demo,
        desk,
        doctor,
        evaluate,
        export,
        formats,
        grade,
        import_,
        incidents,
        knowledge,
        note,
        read,
        relations,
        reports,
        reread,
        schema,
        search,
        show,
        sources,
        threats,
        trail,
        undo,
        watch,
    )
    from reportedly.commands.options import takes_filter

    app = typer.Typer(
        name="reportedly",
        help="Read reports of armed conflict and political violence, and keep who said what happened.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    version = typer.Option(False, "--version", help="Print the version.", is_eager=True, callback=_version_option)

    @app.callback(help=app.info.help, epilog=EPILOG)
    def everything(version: bool = version) -> None:
        pass

    app.command(rich_help_panel="Read")(demo.demo)
    app.command(rich_help_panel="Read")(add.add)
    app.command(rich_help_panel="Read")(read.read)
    for listing in (incidents.incidents, claims.claims, reports.reports, actors.actors):
        app.command(rich_help_panel="Look")(takes_filter(listing))
    app.command(rich_help_panel="Look")(takes_filter(relations.relations, leave=relations.UNUSED))
    app.command(rich_help_panel="Look")(takes_filter(threats.threats, leave=threats.UNUSED))
    app.command(rich_help_panel="Look")(takes_filter(changes.changes, leave=changes.UNUSED))
    app.command(rich_help_panel="Look")(takes_filter(brief.brief, leave=brief.UNUSED))
    app.add_typer(watch.build(), name="watch", rich_help_panel="Look")
    app.command(rich_help_panel="Look")(sources.sources)
    app.command(rich_help_panel="Look")(desk.desk)
    app.command(rich_help_panel="Look")(search.search)
    app.command(rich_help_panel="Look")(show.show)
    app.command(rich_help_panel="Look")(takes_filter(export.export))
    for deciding in (decide.decide, decisions.decisions, undo.undo, trail.trail, grade.grade, note.note, reread.reread):
        app.command(rich_help_panel="Decide")(deciding)
    app.command("import", rich_help_panel="Check")(takes_filter(import_.import_))
    app.command(rich_help_panel="Look")(formats.formats)
    app.command(rich_help_panel="Check")(doctor.doctor)
    app.command(rich_help_panel="Check")(knowledge.knowledge)
    app.command(rich_help_panel="Check")(schema.schema)
    app.command(rich_help_panel="Check")(evaluate.evaluate)
    return app


def _version_option(version: bool) -> None:
    if version:
        import typer

        from reportedly.commands.terminal import write
        from reportedly.reading.reader import program_version

        write(f"reportedly {program_version()}\n")
        raise typer.Exit
