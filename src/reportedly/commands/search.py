"""``reportedly search``: full-text search over reports and the words of claims."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, one_of, open_casebook

KINDS = ("report", "claim")


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help='Words, all of which must occur; "quoted words" are a phrase.')],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only one kind: report or claim.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many of each kind.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Find words in reports and in claims, best first, with the found words marked."""
    from rich.text import Text

    from reportedly.commands.listing import nothing
    from reportedly.commands.terminal import Rows, console, notice, one_line, shorten, write_array
    from reportedly.commands.views import marked
    from reportedly.commands.wording import short_id

    one_of("--kind", kind, KINDS)
    kinds = (kind,) if kind else KINDS
    with open_casebook(casebook) as book:
        if as_json:
            write_array(book.search(text, kinds=kinds, limit=limit))
            return
        hits = list(book.search(text, kinds=kinds, limit=limit))
        if not hits:
            from reportedly.casebook import Filter

            nothing(book, Filter(text=text), "reports or claims")
            return
    shown = Rows(("Found in", {"width": 15}), ("Words", {"ratio": 1}), spaced=True)
    for hit in hits:
        where = Text(hit.kind, style="bold")
        if hit.published:
            where.append(f"\n{one_line(hit.published[:10])}", style="not bold")
        where.append(f"\n{short_id(hit.id)}", style="dim")
        words = marked(hit.snippet.replace("\n", " "), hit.marks)
        words = Text.assemble((shorten(hit.title or "", 100), "bold"), "\n" if hit.title else "", words)
        shown.put(where, words)
    console().print(shown)
    notice("One in full: reportedly show ID")
