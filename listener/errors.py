"""Everything that can go wrong and be told to a person, one subclass per remedy.

Only these reach the user. Each carries a hint that says what to do next, and the process exit code of the command line.
"""

from __future__ import annotations


class ListenerError(Exception):
    """A failure that the user can act on: `message` says what happened, `hint` what to do next."""

    exit_code = 1

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}"


class BadAudio(ListenerError):
    """The recording cannot be read or holds nothing that can be analysed."""


class BadTranscript(ListenerError):
    """A transcript or annotation is not in the expected form."""


class BadScenario(ListenerError):
    """A practice scenario or the guidelines file breaks its rules."""


class BadUsage(ListenerError):
    """Options that do not go together or name nothing that exists."""

    exit_code = 2


class MissingModel(ListenerError):
    """Weights are absent, damaged or not those of the manifest."""

    exit_code = 3


class MissingDevice(ListenerError):
    """A microphone or the audio library it needs is absent."""

    exit_code = 3


class OutputExists(ListenerError):
    """A file would be overwritten, or cannot be written."""


class BadSession(ListenerError):
    """A stored session is absent, damaged, in use, or written by a newer version."""


class BadSettings(ListenerError):
    """The configuration file breaks its rules."""


class DiskFull(ListenerError):
    """There is no room to record, or to save what was recorded."""


class MissingPackage(ListenerError):
    """An optional part of Listener was not installed."""

    exit_code = 3


class NotLogged(DiskFull):
    """The line about what was done with a session could not be written into the audit log."""


class BadPlan(ListenerError):
    """A planned time is not possible, or the file of plans is damaged or written by a newer version."""
