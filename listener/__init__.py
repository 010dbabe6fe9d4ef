"""Listener: a local-first active-listening practice trainer."""

__version__ = "0.1.0"
