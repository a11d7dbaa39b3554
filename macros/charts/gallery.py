"""A gallery collects the figures that pages show, and makes the files that readers download."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from macros.charts.figure import Figure
from macros.charts.svg import file_svg, page_svg
from macros.spreadsheets import csv_bytes


class Gallery:
    """Figures by id, and the colours of their files. Two that differ must not share an id: one would take the files of the other."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours
        self.figures: dict[str, Figure] = {}

    def html(self, figure: Figure, href: Callable[[str], str]) -> Markup:
        """Return the drawings of a figure for a page, and remember it. `href` makes addresses within the site relative."""
        self.keep(figure)
        names = ("any",) if len(figure.drawings) == 1 else ("wide", "narrow")
        drawn = (page_svg(drawing, figure, name, href) for name, drawing in zip(names, figure.drawings, strict=False))
        return Markup("").join(drawn)

    def path(self, figure: Figure, kind: str) -> str:
        """Return the path of a file of a figure within the site, and remember the figure, so that the file is made."""
        self.keep(figure)
        return figure.path(kind)

    def keep(self, figure: Figure) -> None:
        """Remember a figure. Raises ValueError where another one has its id."""
        if self.figures.setdefault(figure.id, figure) != figure:
            raise ValueError(f'two different charts have the id "{figure.id}"')

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every file, in order of path."""
        for name in sorted(self.figures):
            yield from self.files_of(self.figures[name])

    def files_of(self, figure: Figure) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the files of one figure."""
        yield figure.path("csv"), csv_bytes([figure.table.head, *figure.table.rows])
        if figure.drawings:
            yield figure.path("svg"), file_svg(figure, self._colours).encode()
