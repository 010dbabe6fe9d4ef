"""The HTML report's parts: what its page shows, its templates, its style and its player."""
