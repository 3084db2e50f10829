"""The ways by which things go out, one a module."""
