"""Errors that say where, what, and what to do next."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of every error this package raises on purpose.

    ``where`` names a file, address or record; ``what`` the fault; ``remedy`` the next step for the user.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.what, self.where, self.remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class KnowledgeError(ReportedlyError):
    """A data file of the package or of the user does not hold what it must; names file and line."""


class IntakeError(ReportedlyError):
    """A file, address or row could not be turned into a report."""


class FetchError(IntakeError):
    """An address was refused, could not be reached, or answered with something unsafe.

    ``status`` is the HTTP status where the server gave one; ``retry_after`` what it said of when to come again. ``is_unsure``:
    what was sent to the address may have arrived all the same.
    """

    status: int | None = None
    retry_after: str | None = None
    is_unsure: bool = False


class CasebookError(ReportedlyError):
    """A casebook could not be opened, or does not hold what was asked for."""


class SettingError(ReportedlyError):
    """An option or setting has a value that means nothing."""

    exit_code = 2


def _rebuilt(kind: type[ReportedlyError], what: str, where: str | None, remedy: str | None) -> ReportedlyError:
    """An error that crossed from a worker process."""
    return kind(what, where=where, remedy=remedy)
