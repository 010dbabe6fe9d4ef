"""The chunks of a growing recording: what stands in front of each.

A chunk is a header of 36 bytes and a payload. The header says where in the recording the chunk belongs, so that
whatever happens to one chunk costs that chunk and no other. The payload is int16 PCM, little-endian, channel after
channel in each frame; nothing but `chunk_log` looks into it, so that it can be encrypted one day.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum

from listener.errors import BadSession

MAGIC = b"LCHK"
VERSION = 1
_HEADER = struct.Struct("<4sBBHIQIII")
_CHECK = struct.Struct("<I")
HEADER_BYTES = _HEADER.size + _CHECK.size


class Kind(IntEnum):
    """What a stretch of the recording is: sound, lost, or taken off the record by the partners."""

    SOUND = 1
    GAP = 2
    STRUCK = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Of one chunk: frames `first_frame` up to `first_frame + frames`, at `rate` frames a second."""

    kind: Kind
    channels: int
    rate: int
    first_frame: int
    frames: int
    payload_bytes: int
    payload_crc: int

    @property
    def end_frame(self) -> int:
        return self.first_frame + self.frames

    def packed(self) -> bytes:
        """The header as it stands in the file."""
        fields = (self.kind, self.channels, self.rate, self.first_frame, self.frames)
        body = _HEADER.pack(MAGIC, VERSION, *fields, self.payload_bytes, self.payload_crc)
        return body + _CHECK.pack(zlib.crc32(body))


def parsed(raw: bytes) -> Header | None:
    """The header in these bytes, None where they are no header. Raises BadSession for a newer version's."""
    if raw[:4] != MAGIC or _CHECK.unpack(raw[_HEADER.size : HEADER_BYTES])[0] != zlib.crc32(raw[: _HEADER.size]):
        return None
    _, version, kind, *numbers = _HEADER.unpack(raw[: _HEADER.size])
    if version != VERSION or kind not in set(Kind):
        raise BadSession(
            "This recording was begun by a newer version of Listener.", "Recover it with that version, or update this."
        )
    return Header(Kind(kind), *numbers)
