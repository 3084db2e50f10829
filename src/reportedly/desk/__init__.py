"""The desk: a web desk on a casebook, where people read, check and decide. Importing this package does no work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.desk.serve import Address

__all__ = ["serve"]


def serve(address: Address) -> None:
    """Serve the desk until it is stopped; see :class:`reportedly.desk.serve.Address` for what can be set."""
    from reportedly.desk.serve import run

    run(address)
