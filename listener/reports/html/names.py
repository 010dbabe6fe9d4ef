"""Names inside sentences, each isolated so that its writing direction stays its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from listener.domain.speech import PartnerId
from listener.reports.wording import plain_text

_NAME = Markup("<bdi>{}</bdi>")


def named(text: str, names: Mapping[PartnerId, str]) -> Markup:
    """The text, escaped, with each partner's name in a `bdi` element."""
    either = "|".join(re.escape(name) for name in sorted(names.values(), key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({either})(?!\w)", plain_text(text))
    return Markup("").join(_NAME.format(part) if i % 2 else part for i, part in enumerate(parts))
