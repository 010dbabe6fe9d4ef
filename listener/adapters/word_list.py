"""The word list of a text model: opened whole, neither padding nor cutting."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from listener.errors import MissingModel


def open_word_list(file: Path) -> Tokenizer:
    """Turns texts into tokens; MissingModel where the file is absent or damaged."""
    try:
        words = Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises nothing narrower
        raise MissingModel(
            f"The word list {file.name} cannot be loaded.",
            "Run `listener models verify` to see which files are damaged; reinstall Listener to restore them.",
        ) from error
    words.no_padding()
    words.no_truncation()
    return words
