"""Watch files: report at once, and by name, which ones an editor has saved."""

from __future__ import annotations

import threading
from pathlib import PurePath
from typing import Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from macros.load.content import is_passed_over

# Reading a file is an event, too: without this filter every rebuild would start the next.
_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]


class Watching(Observer):  # type: ignore[misc, valid-type]  # which class it is depends on the system
    """Asks the system for changes, where MkDocs looks at every file twice a second."""

    def __init__(self) -> None:
        super().__init__()
        self._saved: set[str] = set()
        self._guard = threading.Lock()

    def schedule(self, event_handler: FileSystemEventHandler, path: str, **options: Any) -> Any:
        """Watch a path for a handler, as MkDocs asks for it."""
        return super().schedule(_Noting(event_handler, self._note), path, **{**options, "event_filter": _CHANGES})

    def take(self) -> set[str]:
        """Return the files saved since the last call."""
        with self._guard:
            saved, self._saved = self._saved, set()
            return saved

    def _note(self, path: str) -> None:
        with self._guard:
            self._saved.add(path)


class _Noting(FileSystemEventHandler):
    """Passes events on to a handler and notes their paths; what programs write for themselves is left out."""

    def __init__(self, handler: FileSystemEventHandler, note: Any):
        self._handler, self._note = handler, note

    def dispatch(self, event: FileSystemEvent) -> None:
        paths = [path for path in (str(event.src_path), str(event.dest_path)) if path and _is_edited(path)]
        for path in paths:
            self._note(path)
        if paths:
            self._handler.dispatch(event)


def _is_edited(path: str) -> bool:
    """Whether a person edits such a file: neither compiled Python nor what programs put beside a file."""
    return "__pycache__" not in path and not is_passed_over(PurePath(path).name)
