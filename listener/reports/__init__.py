"""One format per file: the same report in, bytes out."""
