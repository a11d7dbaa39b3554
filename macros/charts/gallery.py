"""Gallery: the figures that pages ask for, drawn into them, and the files they are offered as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from macros.cache import Cache, code_fingerprint
from macros.charts.draw import Drawer
from macros.charts.figure import Figure
from macros.charts.svg import file_svg, page_svg
from macros.charts.theme import LINK, tokens
from macros.sheets import csv_bytes

# Pixels of a picture for each unit of a drawing.
_SHARP = 2.0
_PLACE = re.compile(rf'href="{re.escape(LINK)}([^"]*)"')


class Gallery:
    """Figures by id. Two that differ must not share an id: one would take the files of the other."""

    def __init__(self, drawer: Drawer | None = None):
        self._drawer = drawer or Drawer()
        # What is made of drawings here depends on the modules of this package.
        self._cache = Cache(self._drawer.folder, code_fingerprint("charts"))
        self.figures: dict[str, Figure] = {}
        self._drawn: dict[str, str] = {}

    def html(self, figure: Figure, href: Callable[[str], str]) -> Markup:
        """Return the drawings of a figure for a page, and remember it. `href` makes addresses within the site relative."""
        self.keep(figure)
        if figure.id not in self._drawn:
            self._drawn[figure.id] = self._draw(figure)
        place = lambda match: f'href="{escape(href(Markup(match[1]).unescape()))}"'  # noqa: E731
        return Markup(_PLACE.sub(place, self._drawn[figure.id]))

    def _draw(self, figure: Figure) -> str:
        """Return the drawings of a figure as any page can hold them: only the addresses differ from page to page."""
        names = ("any",) if len(figure.specs) == 1 else ("wide", "narrow")
        drawn = lambda: "".join(  # noqa: E731 - to be called where it is not cached
            page_svg(self._drawer.svg(spec), figure, name, lambda address: LINK + address)
            for name, spec in zip(names, figure.specs, strict=False)
        ).encode()
        content = repr((figure.id, figure.title, figure.description, dict(figure.names), figure.specs))
        return self._cache.get("page", content, drawn).decode()

    def path(self, figure: Figure, kind: str) -> str:
        """Return the place of a file of a figure within the site, and remember the figure: it has to be made."""
        self.keep(figure)
        return figure.path(kind)

    def keep(self, figure: Figure) -> None:
        """Remember a figure. Raises ValueError where another one has its id."""
        if self.figures.setdefault(figure.id, figure) != figure:
            raise ValueError(f'two different charts have the id "{figure.id}"')

    def forget(self, name: str) -> None:
        """Let go of a figure whose files are made."""
        self.figures.pop(name, None)
        self._drawn.pop(name, None)

    def picture(self, svg: str) -> bytes:
        """Return a picture of a drawing, a pixel for each of its units."""
        return self._drawer.png(svg, 1)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every file, in order of path."""
        for name in sorted(self.figures):
            yield from self.files_of(self.figures[name])

    def files_of(self, figure: Figure) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the files of one figure."""
        yield figure.path("csv"), csv_bytes([figure.table.head, *figure.table.rows])
        if figure.specs:
            svg = self._file(figure)
            yield figure.path("png"), self._drawer.png(svg.decode(), _SHARP)
            yield figure.path("svg"), svg

    def _file(self, figure: Figure) -> bytes:
        """Return the drawing of a figure as a file of its own."""
        said = figure.title, figure.subtitle, figure.description, figure.keys, figure.notes, figure.foot
        content = repr((said, dict(figure.names), figure.specs[0], tokens()))
        made = lambda: file_svg(self._drawer.svg(figure.specs[0]), figure).encode()  # noqa: E731 - as above
        return self._cache.get("svg", content, made)
