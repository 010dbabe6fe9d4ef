"""Errors of reading a report tell whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from listener.errors import BadSession, BadTranscript


@contextmanager
def report_named(session_id: str) -> Iterator[None]:
    """Whatever goes wrong with a report tells whose it is."""
    try:
        yield
    except OSError as error:
        raise BadSession(
            f"The report of the session {session_id} cannot be read: {error.strerror}.", "Check its permissions."
        ) from error
    except BadTranscript as error:
        raise BadTranscript(
            f"The report of the session {session_id} cannot be read. {error.message}",
            f"{error.hint} Or make it again: in the app's list of sessions, press a (Analyse).",
        ) from error
