"""Textual screens: they draw domain objects and post messages; what they show is worked out elsewhere."""
