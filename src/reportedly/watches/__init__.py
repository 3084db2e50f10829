"""Watches: feeds are polled, what is new is set against saved filters, and what matches is told, once."""
