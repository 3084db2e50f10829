"""Intake: bytes, addresses, feeds and tables in; clean reports out, with what is known of each and how it is known.

>>> from reportedly.intake import collect
>>> [item.error.what for item in collect(["no-such-file.txt"])]
['no such file.']
"""

from reportedly.intake.clean import clean
from reportedly.intake.collect import collect
from reportedly.intake.duplicates import Duplicate, DuplicateIndex
from reportedly.intake.item import Item, Options, RawReport, Summary
from reportedly.intake.table import guess_columns

__all__ = ["Duplicate", "DuplicateIndex", "Item", "Options", "RawReport", "Summary", "clean", "collect", "guess_columns"]
