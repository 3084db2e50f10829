"""What the tests need beyond Python packages: found, or installed where that can be done; what is missing is said in one line.

Run as ``python -m tests.services``. It always exits with 0: tests whose service is missing skip themselves and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

APT_SECONDS = 300


@dataclass(frozen=True)
class Service:
    """Something that tests need: how to see that it is there, and the Debian packages that hold it."""

    name: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]


def postgresql_is_there() -> bool:
    """Whether PostgreSQL's server programs are on the path or where Debian keeps them."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


SERVICES = (Service("PostgreSQL's server (initdb, pg_ctl)", postgresql_is_there, ("postgresql",)),)


def missing(services: Sequence[Service]) -> list[Service]:
    """The services that are not there."""
    return [service for service in services if not service.is_there()]


def can_install() -> bool:
    """Whether packages can be installed here: as root, on a system with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages; whether that worked. Lists are fetched first only where the packages are not known yet."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    )
    for command in commands:
        try:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=APT_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode == 0 and command[1] == "install":
            return True
    return False


def report(services: Sequence[Service] = SERVICES) -> str:
    """Install what is missing where that can be done; one line on what is still missing, empty where nothing is."""
    lacking = missing(services)
    if lacking and can_install():
        packages = [package for service in lacking for package in service.packages]
        print(f"Installing what the tests need (once): {', '.join(packages)} ...", flush=True)
        install(packages)
        lacking = missing(services)
    if not lacking:
        return ""
    names = ", ".join(service.name for service in lacking)
    packages = [package for service in lacking for package in service.packages]
    return f"Missing: {names}; its tests are skipped. Install it: apt-get install {' '.join(packages)}"


def main() -> None:
    """Prepare the services and print the one line, if any."""
    line = report()
    if line:
        print(line)


if __name__ == "__main__":
    main()
