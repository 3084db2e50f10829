"""Linking: from names to entries. ``register`` for actors, ``gazetteer`` for places, ``calendar`` for words of time."""
