"""The talk as the screen shows it, from its sound as it comes: one object, no thread and no clock."""

from __future__ import annotations

from types import MappingProxyType

from listener.analysis.floor import FloorParameters
from listener.analysis.live_captions import CaptionPiece, CaptionPieces
from listener.analysis.live_floor import LiveFloor
from listener.analysis.live_picture import LivePicture
from listener.analysis.live_speech import LiveHearing
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu
from listener.ports import Samples


class LiveTalk:
    """Hears the recording bit by bit; the same bits give the same pictures."""

    def __init__(self, hearing: LiveHearing, own_channels: bool) -> None:
        """`own_channels`: channel 0 is A's microphone and channel 1 is B's."""
        self._hearing = hearing
        self._floor = LiveFloor(FloorParameters())
        self._pieces = CaptionPieces(own_channels)

    @property
    def at_ms(self) -> Ms:
        return self._hearing.at_ms

    def speech(self) -> tuple[Ipu, ...]:
        """All speech so far, in order."""
        return tuple(self._hearing.speech.ipus(0))

    def advance(self, samples: Samples) -> LivePicture:
        """Hear more, shape (channels, samples), 16 kHz, and see how the talk stands; captions are not in it."""
        self._hearing.hear(samples)
        self._floor.take(self._hearing.speech, self.at_ms)
        return self._picture()

    def strike(self, span: Span) -> LivePicture:
        """Forget a span, as if it had been silent, and see how the talk stands."""
        self._hearing.strike(span)
        self._floor.strike(span)
        self._pieces.strike(span)
        self._floor.take(self._hearing.speech, self.at_ms)
        return self._picture()

    def pieces(self) -> list[CaptionPiece]:
        """Speech that is to be captioned by now and was not given out before, in order."""
        return self._pieces.due(self._hearing)

    def skip_pieces(self) -> None:
        """Caption nothing of what was said so far."""
        self._pieces.skip(self.at_ms)

    def _picture(self) -> LivePicture:
        speech = self._hearing.speech
        return LivePicture(
            at_ms=self.at_ms,
            ready=True,
            holder=self._floor.holder,
            speaking=self._floor.speaking,
            speaking_ms=MappingProxyType({p: speech.spoken_ms(p) for p in PARTNERS}),
            events=self._floor.events,
            note=self._hearing.note,
        )


__all__ = ["LiveTalk"]
