"""Which stored session is meant: by its id, the beginning of it, `last`, or its folder."""

from __future__ import annotations

from pathlib import Path

from listener.adapters.session_folder import SessionFolder, list_sessions
from listener.errors import BadSession

LAST = "last"
WHICH = (
    "Give a session's id, the beginning of it that no other has, `last`, or its folder; `listener sessions list` "
    "shows them."
)
MOST_NAMED = 5


def find_session(root: Path, text: str) -> SessionFolder:
    """The session below `root`, or the folder itself where `text` is one. Raises BadSession where it is not clear."""
    found = stored_session(root, text)
    if found is not None:
        return found
    path = Path(text)
    if text and (path / "session.json").is_file():
        return SessionFolder(path.resolve())
    raise BadSession(f"There is no session {text!r}.", WHICH)


def stored_session(root: Path, text: str) -> SessionFolder | None:
    """The session below `root` of this id, with this beginning, or the newest; None where there is none so named.

    Raises BadSession where several begin so, or the newest of none is asked for.
    """
    folders = list_sessions(root)
    if text == LAST:
        if not folders:
            raise BadSession("There are no sessions yet.", "Record one: `listener` opens the app.")
        return folders[0]
    exact = [folder for folder in folders if folder.path.name == text]
    found = exact or [folder for folder in folders if text and folder.path.name.startswith(text)]
    if len(found) > 1:
        named = ", ".join(folder.path.name for folder in found[:MOST_NAMED])
        more = " …" if len(found) > MOST_NAMED else ""
        raise BadSession(
            f"{len(found)} sessions begin with {text!r}: {named}{more}.", "Give more of the id; `last` is the newest."
        )
    return found[0] if found else None
