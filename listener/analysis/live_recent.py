"""The last stretch of something that goes on and on: samples or frames, by their place in the recording."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Recent:
    """The last `longest` columns of rows without end, float32; earlier columns are forgotten."""

    def __init__(self, rows: int, longest: int) -> None:
        self._held = np.zeros((rows, 2 * longest), dtype=np.float32)
        self._longest = longest
        self._first = 0
        self.end = 0

    @property
    def start(self) -> int:
        """Place of the first column that is held."""
        return max(self._first, self.end - self._longest)

    def append(self, values: NDArray[np.float32]) -> None:
        """Add columns, shape (rows, columns)."""
        self.write(self.end, values)

    def write(self, start: int, values: NDArray[np.float32]) -> None:
        """Set columns from `start` on, over what is there and beyond; what is left out on the way is 0."""
        end = start + values.shape[1]
        if end - self._first > self._held.shape[1]:
            self._make_room(end)
        lost = max(0, self._first - start)
        if lost < values.shape[1]:
            self._held[:, start + lost - self._first : end - self._first] = values[:, lost:]
        self.end = max(self.end, end)

    def part(self, start: int, end: int) -> NDArray[np.float32]:
        """Columns from `start` to `end`, shape (rows, end - start); 0 where nothing is held."""
        result = np.zeros((self._held.shape[0], end - start), dtype=np.float32)
        first, last = max(start, self.start), min(end, self.end)
        if first < last:
            result[:, first - start : last - start] = self._held[:, first - self._first : last - self._first]
        return result

    def blank(self, start: int, end: int) -> None:
        """Set what is held from `start` to `end` to 0."""
        first, last = max(start, self._first), min(end, self.end)
        if first < last:
            self._held[:, first - self._first : last - self._first] = 0.0

    def _make_room(self, end: int) -> None:
        """Forget what is too old, so that columns up to `end` fit."""
        first = max(self._first, end - self._longest)
        kept = self._held[:, min(first, self.end) - self._first : self.end - self._first].copy()
        self._held[:] = 0.0
        self._held[:, : kept.shape[1]] = kept
        self._first = first


__all__ = ["Recent"]
