"""Reprints: pages that would come out as they did before are taken from there.

What a page comes out as follows from its draft, from what its head says, and from what all pages share: the ground. As long
as these are the same, so is the page; only the titles that it asked for while it was printed are looked up again. Pages are
kept between runs, each by what it was made of, and may be deleted at any time.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from macros.charts.figure import Figure
from macros.kept import read_values, write_values
from macros.model.base import Record
from macros.present.book import Book
from macros.program import program, sign
from macros.publish.writing import linked, stands
from macros.render.composed import Block, Composed

PLACE = "pages"
# Stands in a kept page for what does not count; no text of the data reads like it, since they are escaped.
_MARK = b"<?passing?>"
# What a page takes on the disk matters less than the time.
_LEVEL = 1


class Reprint(NamedTuple):
    """A page as it was written: its HTML, the ids and links in it, and the titles and figures that it asked for."""

    html: bytes
    ids: tuple[str, ...]
    links: dict[str, dict[str, str]]
    titles: dict[tuple[str, str], str]
    figures: tuple[str, ...]


class MadeOf(NamedTuple):
    """What stands for all that a page is made of, and the figures among it by their ids."""

    key: str
    figures: dict[str, Figure]


class Chart(NamedTuple):
    """A chart that was written: what stands for its files, and their paths within the site."""

    sign: bytes
    paths: tuple[str, ...]


class Reprints:
    """The pages that are kept. `passing` is a text of every page that does not count, such as the version of a script.

    Of the charts on them it is known how their files stood in `last`, the folder of the last build.
    """

    def __init__(self, folder: Path, ground: bytes, book: Book, passing: str, last: Path):
        self._folder, self._ground, self._book, self._passing = folder, ground, book, passing.encode()
        self._last, self._known = last, folder.with_suffix(".bin")
        known = read_values(self._known, tuple)
        self._pages, self._charts = known if len(known) == 2 else (frozenset(), {})

    def made_of(self, path: str, draft: Composed, meta: Mapping[str, Any]) -> MadeOf:
        """Return what stands for a page."""
        slots = [(slot.name, slot.view, slot.around) if isinstance(slot, Block) else str(slot) for slot in draft.slots]
        noting = _Noting()
        text = noting.text_of((path, draft.markdown, slots, draft.titles, sorted(meta.items())))
        return MadeOf(sign(self._ground, text).hex(), noting.figures)

    def get(self, made_of: MadeOf) -> Reprint | None:
        """Return the page that was kept, if all it asked for is still so."""
        try:
            found = Reprint(*read_values(self._folder / made_of.key, tuple))
            html = zlib.decompress(found.html)
        except (TypeError, zlib.error):  # there is none, or not all of it
            return None
        book = self._book
        if any(book.title(kind, name) != title for (kind, name), title in found.titles.items()):
            return None
        if not made_of.figures.keys() >= set(found.figures):
            return None
        return found._replace(html=html.replace(_MARK, self._passing))

    def keep(self, made_of: MadeOf, page: Reprint) -> None:
        """Keep a page. A disk that refuses costs time at the next run only."""
        html = zlib.compress(page.html.replace(self._passing, _MARK), _LEVEL)
        write_values(self._folder / made_of.key, tuple(page._replace(html=html)))

    def link(self, made_of: MadeOf, name: str, folder: Path) -> Chart | None:
        """Put the files of a chart on a page into a folder, as they are in that of the last build, if they still are."""
        if made_of.key not in self._pages or name not in self._charts:
            return None
        sign, files = self._charts[name]
        return Chart(sign, tuple(path for path, _, _ in files)) if linked(files, self._last, folder) else None

    def end(self, used: Collection[str], charts: Mapping[str, Chart], folder: Path) -> None:
        """Delete all pages but those that were used, and note how the files of charts stand in a folder."""
        files = {name: (chart.sign, stands(folder, chart.paths)) for name, chart in charts.items()}
        write_values(self._known, (frozenset(used), files))
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in used:
                    path.unlink(missing_ok=True)


class _Noting(pickle.Pickler):
    """Writes down things as bytes that are equal where the things are, and notes the figures that it meets."""

    _PROTOCOL = 5

    def __init__(self) -> None:
        self._file = io.BytesIO()
        super().__init__(self._file, self._PROTOCOL)
        # Else what is met twice would be written otherwise than what is only equal.
        self.fast = True
        self.dispatch_table = {**dict.fromkeys(_records(), _values), Figure: self._noted}
        self.figures: dict[str, Figure] = {}

    def text_of(self, thing: Any) -> bytes:
        """Return the bytes that stand for a thing."""
        self.dump(thing)
        return self._file.getvalue()

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


def ground(book: Book, *others: Any) -> bytes:
    """Return what stands for all that pages share: the program, addresses, words, method, terms, and the others."""
    land = book.landscape
    shared = land.report, land.index, land.words, land.method, land.terms, sorted(land.internal), book.place
    return sign(program(), _Noting().text_of((book.addresses(), shared, others)))
