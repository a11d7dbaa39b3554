"""One entry of a bibliography file of any format, with the field names of CSL."""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.model.names import Name


class NoSource(Exception):
    """Raised when a file gives no source; says why."""


@dataclass
class Item:
    """One entry as plain text; `notes` say what was left out, `why_not` why it must not be used at all."""

    id: str
    type: str = ""
    title: str = ""
    author: tuple[Name, ...] = ()
    publisher: str = ""
    container: str = ""
    issued: str = ""
    accessed: str = ""
    URL: str = ""
    DOI: str = ""
    language: str = ""
    note: str = ""
    kind: str = ""
    reliability: str = ""
    notes: list[str] = field(default_factory=list)
    why_not: str = ""

    def read(self, found: tuple[str, str]) -> str:
        """Return what was read, and keep the note on it."""
        text, note = found
        if note:
            self.notes.append(note)
        return text
