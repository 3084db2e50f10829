"""Evaluation: codings of reports against gold, and claims gained and lost between two runs."""
