"""Reprints: pages that would come out as they did before are taken from there.

What a page comes out as follows from its draft, from what its head says, and from what all pages share: the ground. As long
as these are the same, so is the page; only the titles that it asked for while it was printed are looked up again. Pages are
kept between runs, each by what it was made of, and may be deleted at any time. So is how their files stood in the site of the
last build: as long as they stand there like that, pages and charts are not even read, but share their files with it.
"""

from __future__ import annotations

import io
import marshal
import os
import pickle
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from macros.cache import code_fingerprint, fingerprint
from macros.charts.figure import Figure
from macros.model.base import Record
from macros.present.book import Book
from macros.publish.writing import Stand, Target
from macros.render.composed import Block, Composed

PLACE = "pages"
# What a page takes on the disk matters less than the time.
_LEVEL = 1
# Records of which is kept what stands for them: those of some hundred pages, which have most of them in common.
_MOST = 10_000


class Reprint(NamedTuple):
    """A page as it was written: its HTML, packed; the ids and links in it, and the titles and figures that it asked for."""

    packed: bytes
    ids: tuple[str, ...]
    links: dict[str, dict[str, str]]
    titles: dict[tuple[str, str], str]
    figures: tuple[str, ...]


class MadeOf(NamedTuple):
    """What stands for all that a page is made of, and the figures among it by their ids."""

    key: str
    figures: dict[str, Figure]


class Written(NamedTuple):
    """A page or a chart that was written: what stands for its content, and the paths of its files within the site."""

    fingerprint: str
    paths: tuple[str, ...]


def packed(html: bytes) -> bytes:
    """Return the HTML of a page as it is kept."""
    return zlib.compress(html, _LEVEL)


class Reprints:
    """The pages that are kept; of them and of their charts it is known how their files stood in the site of the last build."""

    def __init__(self, folder: Path, ground: str, book: Book):
        self._folder, self._ground, self._book = folder, ground, book
        self._known = folder.with_suffix(".bin")
        known = _read_values(self._known)
        self._pages, self._charts = known if len(known) == 2 else ({}, {})
        self._noting = _Noting()

    def made_of(self, path: str, draft: Composed, meta: Mapping[str, Any]) -> MadeOf:
        """Return what stands for a page."""
        slots = [(slot.name, slot.view, slot.around) if isinstance(slot, Block) else str(slot) for slot in draft.slots]
        text, figures = self._noting.noted((path, draft.markdown, slots, draft.titles, sorted(meta.items())))
        return MadeOf(fingerprint(self._ground, text), figures)

    def write(self, made_of: MadeOf, address: str, target: Target) -> Reprint | None:
        """Write a page as it was kept, if all it asked for is still so; return it."""
        try:
            found = Reprint(*_read_values(self._folder / made_of.key))
            if any(self._book.title(kind, name) != title for (kind, name), title in found.titles.items()):
                return None
            if not made_of.figures.keys() >= set(found.figures):
                return None
            last, files = self._pages.get(made_of.key, ("", ()))
            # A build that failed may have kept a page that never came to stand in a site.
            if not (last == fingerprint(found.packed) and target.take(files)):
                target.write([(address, zlib.decompress(found.packed))])
        except (TypeError, zlib.error):  # there is none, or not all of it
            return None
        return found

    def keep(self, made_of: MadeOf, page: Reprint) -> None:
        """Keep a page. A disk that refuses costs time at the next run only."""
        _write_values(self._folder / made_of.key, tuple(page))

    def take(self, made_of: MadeOf, name: str, target: Target) -> Written | None:
        """Take the files of a chart on a page from the site of the last build, if they are still as they were."""
        if made_of.key not in self._pages or name not in self._charts:
            return None
        last, files = self._charts[name]
        return Written(last, tuple(path for path, _, _ in files)) if target.take(files) else None

    def end(self, pages: Mapping[str, Written], charts: Mapping[str, Written], target: Target) -> None:
        """Delete all pages but some, given by what they are kept by, and note how their files stand, and those of charts."""

        def stands(made: Mapping[str, Written]) -> dict[str, tuple[str, tuple[Stand, ...]]]:
            return {name: (one.fingerprint, target.stands(one.paths)) for name, one in made.items()}

        _write_values(self._known, (stands(pages), stands(charts)))
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in pages:
                    path.unlink(missing_ok=True)


class _Writing(pickle.Pickler):
    """Writes down things as bytes that are equal where the things are."""

    _PROTOCOL = 5

    def __init__(self) -> None:
        self._file = io.BytesIO()
        super().__init__(self._file, self._PROTOCOL)
        # Else what is met twice would be written otherwise than what is only equal.
        self.fast = True
        self.dispatch_table = dict.fromkeys(_records(), _values)

    def text_of(self, thing: Any) -> bytes:
        """Return the bytes that stand for a thing."""
        self._file.seek(0)
        self._file.truncate()
        self.dump(thing)
        return self._file.getvalue()


class _Noting(_Writing):
    """Writes down what a page is made of, and notes the figures that it meets.

    What stands for a record is kept, by where the record lies in memory: most stand on many pages.
    """

    def __init__(self) -> None:
        super().__init__()
        self._writing = _Writing()
        self._signs: dict[int, tuple[Record, str]] = {}
        self.dispatch_table = {**dict.fromkeys(_records(), self._signed), Figure: self._noted}
        self.figures: dict[str, Figure] = {}

    def noted(self, thing: Any) -> tuple[bytes, dict[str, Figure]]:
        """Return the bytes that stand for a thing, and the figures in it by their ids."""
        self.figures = {}
        return self.text_of(thing), self.figures

    def _signed(self, record: Record) -> Any:
        place = id(record)
        if place not in self._signs:
            if len(self._signs) >= _MOST:
                self._signs.clear()
            self._signs[place] = record, fingerprint(self._writing.text_of(_values(record)))
        return str, (self._signs[place][1],)

    def _noted(self, figure: Figure) -> Any:
        self.figures[figure.id] = figure
        return figure.__reduce_ex__(self._PROTOCOL)


def _values(record: Record) -> Any:
    """Return of a record its values alone: beside them there is a set of names, whose order is another one at each run."""
    return type(record), tuple(record.__dict__.items())


@cache
def _records(kind: type[Record] = Record) -> tuple[type[Record], ...]:
    """Return every kind of record that there is."""
    return kind, *(below for sub in kind.__subclasses__() for below in _records(sub))


def ground(book: Book, *others: Any) -> str:
    """Return what stands for all that pages share: the program, addresses, words, method, terms, and the others."""
    land = book.landscape
    shared = land.report, land.index, land.words, land.method, land.terms, sorted(land.internal), book.place
    return fingerprint(code_fingerprint(), _Writing().text_of((book.addresses(), shared, others)))


def _read_values(path: Path) -> Any:
    """Return the plain values in a file, or none where they cannot be had."""
    try:
        found = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return ()
    return found if isinstance(found, tuple) else ()


def _write_values(path: Path, values: tuple[Any, ...]) -> None:
    """Write plain values into a file, whole or not at all. A disk that refuses costs time only."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(marshal.dumps(values))
        part.replace(path)
