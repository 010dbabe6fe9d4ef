"""Transcripts and annotations made elsewhere: one module a format, the same `Transcript` out of each."""
