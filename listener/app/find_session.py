"""Which stored session is meant: by its id, the beginning of it, `last`, or its folder."""

from __future__ import annotations

from pathlib import Path

from listener.adapters.session_folder import SessionFolder, list_sessions
from listener.errors import BadSession

LAST = "last"
WHICH = "Give a session's id, the beginning of it that no other has, `last`, or its folder."


def find_session(root: Path, text: str) -> SessionFolder:
    """The session below `root`, or the folder itself where `text` is one. Raises BadSession where it is not clear."""
    folders = list_sessions(root)
    if text == LAST:
        if not folders:
            raise BadSession("There is no session yet.", "Record one: `listener` opens the app.")
        return folders[0]
    exact = [folder for folder in folders if folder.path.name == text]
    found = exact or [folder for folder in folders if text and folder.path.name.startswith(text)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        ids = ", ".join(folder.path.name for folder in found)
        raise BadSession(f"More than one session begins with {text!r}: {ids}.", WHICH)
    path = Path(text)
    if text and (path / "session.json").is_file():
        return SessionFolder(path.resolve())
    raise BadSession(f"There is no session {text!r}.", WHICH)
