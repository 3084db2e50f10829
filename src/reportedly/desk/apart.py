"""``python -m reportedly.desk.apart``: follow the casebook in a process of its own, gently; started by the desk."""

from __future__ import annotations

import os


def main() -> None:
    """Follow the casebook that the environment names."""
    from reportedly.desk.serve import Address, connect

    book = connect(Address(casebook=os.environ["REPORTEDLY_FOLLOWED"]))
    from reportedly.desk.following import follow  # its tables can only be imported once Django is set up

    follow(book)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    main()
