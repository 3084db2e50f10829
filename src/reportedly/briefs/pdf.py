"""A brief as PDF: the HTML page printed by the system's Chromium. Nothing is fetched, and the page runs no script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from reportedly.briefs import html
from reportedly.briefs.records import Brief
from reportedly.errors import SettingError

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS: Final = 120
MADE: Final = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}([+-]\d\d'\d\d'\))")


def browser() -> str | None:
    """The path of the system's Chromium or a kin of it; ``None`` where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write(brief: Brief) -> bytes:
    """The whole document, with page numbers; its dates are the end of the brief's window.

    Raises :class:`SettingError` where this machine has no Chromium, or where it fails.
    """
    program = browser()
    if program is None:
        raise SettingError(
            "PDF needs Chromium or Chrome, and this machine has none.",
            where="--format pdf",
            remedy="Install it (apt-get install chromium), or write html and print it from your browser, or docx.",
        )
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        page, made = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_text(html.write(brief), "utf-8")
        _print(program, page, made, Path(folder))
        return _dated(made.read_bytes(), brief)


def _print(program: str, page: Path, made: Path, folder: Path) -> None:
    flags = ["--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-sync"]
    flags += ["--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}"]
    if os.geteuid() == 0:  # Chromium's sandbox refuses to run as root; the page holds no script and fetches nothing
        flags.append("--no-sandbox")
    command = [program, *flags, "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri()]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SettingError(f"{program} took longer than {SECONDS} seconds.", where="--format pdf") from error
    if done.returncode or not made.exists():
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SettingError(
            f"{program} made no PDF ({told[-1][:200] if told else f'status {done.returncode}'}).",
            where="--format pdf",
            remedy="Write html instead and print it from a browser.",
        )


def _dated(data: bytes, brief: Brief) -> bytes:
    """The document with the end of the window as its dates, so that they do not depend on when it was printed."""
    until = f"{datetime.fromisoformat(brief.window.until):%Y%m%d%H%M%S}".encode()
    return MADE.sub(rb"\g<1>" + until + rb"\g<2>", data)
