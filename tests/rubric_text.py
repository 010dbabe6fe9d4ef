"""A guidelines file with one guideline and one measure, to which tests add what they are about."""

from __future__ import annotations

ONE_MEASURE = """\
version = "7"

[[guidelines]]
id = "calm"
area = "empathy"
title = "Calm"
statement = "Be calm."
article = "2"
basis = "measured"
per_partner = true
praise = "{name} was calm with {partner}."
try_next = "Breathe."

[[guidelines.measures]]
id = "long_turn_share"
curve = [[0, 100], [0.5, 0]]
weight = 1
minimum = 4
source = "the project's own choice"
"""
