"""``reportedly desk``: the web desk on a casebook."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption


def desk(
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on; others than loopback need accounts.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes any free one.")] = 8400,
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A host name by which browsers reach the desk; may be repeated.")
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="A proxy in front speaks HTTPS.")] = False,
    proxy: Annotated[str, typer.Option(metavar="ADDRESS", help="The address that the proxy speaks from.")] = "127.0.0.1",
) -> None:
    """Serve the web desk: read reports, compare versions of incidents, review claims. Stop it with Ctrl-C."""
    from pathlib import Path

    from reportedly.commands.terminal import write
    from reportedly.desk import serve
    from reportedly.desk.serve import Address
    from reportedly.errors import CasebookError

    if "://" not in casebook and not Path(casebook).exists():
        raise CasebookError(
            "there is no casebook here yet.",
            where=casebook,
            remedy="Make one with: reportedly add FILE (or look at: reportedly demo); or name another with --casebook.",
        )
    serve(
        Address(
            casebook=casebook,
            host=host,
            port=port,
            names=tuple(name or ()),
            https=https,
            proxy=proxy,
            announce=lambda line: write(line + "\n"),
        )
    )
