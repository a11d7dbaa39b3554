"""Find every place in the data that names a record, for rules to count and for commands to change."""

from __future__ import annotations

from collections.abc import Iterator

from macros.load.draft import Draft, Entry
from macros.model.references import fields_naming
from macros.problems import Keys


def pointers(draft: Draft, kind: str, name: str | None = None) -> Iterator[tuple[Entry, Keys, str]]:
    """Yield every place that names a record of a kind, or the one of a name: its entry, the keys within that, the name."""
    for entry, keys, record in draft.with_files():
        for field in fields_naming(type(record), kind):
            value = getattr(record, field)
            if isinstance(value, str):
                found = [((*keys, field), value)]
            else:  # a list, the names of a mapping, or nothing
                found = [
                    ((*keys, field, part if isinstance(value, dict) else at), part)
                    for at, part in enumerate(value or ())
                ]
            yield from ((entry, place, said) for place, said in found if name in (None, said))
