"""Measures the reading against the answers of others: one adapter a set, one table of results."""
