"""Make each chart, and the matrix of the current edition, a small page for iframes of other sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from macros import THEME
from macros.charts.figure import Figure, Frame
from macros.present.book import relative
from macros.present.landscape import gap_matrix
from macros.render.environments import for_blocks
from macros.render.language_spans import with_language_spans
from macros.render.site import Site

_TEMPLATES = Path(__file__).parent
_LOGO = THEME / ".icons/report/logo.svg"
# A link that opened within the frame would leave the reader in a window too small for the report.
_ELSEWHERE = 'target="_blank" rel="noopener"'


@dataclass(frozen=True)
class Framed:
    """What the pages for frames share: the site, its address if it has one, and a policy."""

    site: Site
    address: str | None = None
    policy: str | None = None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every page."""
        figures = self.site.gallery.figures
        for name in sorted(figures):
            yield from self.files_of(figures[name])
        yield from self.matrix()

    def files_of(self, figure: Figure) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the page of one chart, if it is drawn."""
        if frame := figure.frame:
            yield frame.path, self._figure(figure, frame).encode()

    def matrix(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the page of the matrix."""
        view = gap_matrix(self.site.book, compact=True)
        yield (
            view.frame.path,
            self._page(
                "matrix.html.jinja",
                view.frame,
                f"{self.site.book.page_address('landscape')}#matrix",
                view=view,
                evidence=self.site.book.page_address("evidence"),
            ).encode(),
        )

    def _figure(self, figure: Figure, frame: Frame) -> str:
        drawn = self.site.gallery.html(figure, partial(relative, frame.path)).replace(
            "<a ", Markup(f"<a {_ELSEWHERE} ")
        )
        is_hatched = "#hatch-" in drawn or any("#hatch-" in key.fill for key in figure.keys)
        return self._page("figure.html.jinja", frame, figure.home, figure=figure, drawn=drawn, is_hatched=is_hatched)

    def _page(self, template: str, frame: Frame, home: str, **values: Any) -> str:
        html = self._templates.get_template(template).render(
            frame=frame,
            home=home if home.partition("#")[0] in self._addresses else "index.html",
            href=partial(self._href, frame.path),
            to=partial(relative, frame.path),
            **values,
        )
        land = self.site.book.landscape
        return str(with_language_spans(Markup(html), land.report.language, land.translated_from))

    def _href(self, here: str, kind: str, name: str) -> str:
        return relative(here, self.site.book.address(kind, name))

    @cached_property
    def _addresses(self) -> set[str]:
        return {page.address for page in self.site.pages.values()}

    @cached_property
    def _templates(self) -> Environment:
        book = self.site.book
        made = for_blocks(None, book.wording, _TEMPLATES)
        made.filters["date"] = book.wording.date
        made.globals.update(
            word=book.wording.word, tone=book.tone, name=book.wording.name, direction=book.wording.direction, land=book.landscape,
            address=self.address, policy=self.policy, internal=bool(book.landscape.internal), elsewhere=Markup(_ELSEWHERE),
            logo=Markup(_LOGO.read_text(encoding="utf-8").strip()), own_logo=book.look.logo.path if book.look.logo else "",
        )  # fmt: skip
        return made
