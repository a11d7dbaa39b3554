"""Social cards: the picture that a link to a page shows elsewhere, one a kind of page, with numbers of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from macros.cache import FOLDER as CACHE
from macros.cache import Cache
from macros.charts.theme import colour
from macros.derive.questions import answer
from macros.derive.tally import class_cells
from macros.export.share import scenes
from macros.export.share.drawing import HEIGHT, MAKER, WIDTH, Card, card_svg, has_font, level_colours, png
from macros.load.landscape import Landscape
from macros.present.book import SHOWN, Book
from macros.present.scores import shade
from macros.render.site import Site, escaped

FOLDER = "cards"
HOME = "index"
# Distinguishes the cards of records from that of the page of their folder.
_EACH = "-each"
# Years that fit below a title; what is older is left out of the picture, not of the number.
_YEARS = 16
_TONES = {"good": "c1", "mixed": "c5", "bad": "mv3"}


@dataclass(frozen=True)
class CardContent:
    """The content of a card from the data: a number, values for the words behind it, and a scene."""

    number: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    scene: str = ""


class Cards:
    """The cards of a site, each worked out when first asked for."""

    def __init__(self, site: Site):
        self._site = site
        self._cache = Cache(site.root / CACHE / FOLDER, MAKER)
        self._found: dict[str, Card] = {}

    def meta(self, path: str, address: str | None) -> dict[str, Any]:
        """Return what the head of a page says of its card, escaped; nothing where the site has no address."""
        if not address:
            return {}
        name = card_id(self._site.pages[path].begins or path)
        said = self._card(name)
        report = self._site.book.landscape.report
        alt = self._word("card-alt", report=report.title, title=report.subtitle if name == HOME else said.title)
        return escaped({"card": {
            "url": f"{self._home(address)}{FOLDER}/{name}.png", "width": str(WIDTH), "height": str(HEIGHT),
            "alt": " ".join(part for part in (alt, said.number, said.fact) if part),
        }})  # fmt: skip

    @cached_property
    def lacking(self) -> str:
        """A letter of the report's name that no font of this machine has; then the cards of the source stand for these."""
        book = self._site.book
        letters = book.landscape.report.title + book.landscape.report.subtitle if book.folder else ""
        return next((letter for letter in letters if not letter.isspace() and not has_font(letter)), "")

    def _home(self, address: str) -> str:
        return address.removesuffix(self._site.book.folder) if self.lacking else address

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every card."""
        for name in self.names():
            yield from self.files_of(name)

    def names(self) -> list[str]:
        """Return the ids of all cards that can be drawn."""
        if self.lacking:
            return []
        return sorted({card_id(page.begins or path) for path, page in self._site.pages.items()})

    def files_of(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of one card."""
        svg = card_svg(self._card(name), self._site.book.look)
        yield f"{FOLDER}/{name}.png", self._cache.get("png", svg, lambda: png(svg))

    def _card(self, name: str) -> Card:
        if name not in self._found:
            self._found[name] = self._make_card(name)
        return self._found[name]

    def _make_card(self, name: str) -> Card:
        book = self._site.book
        report = book.landscape.report
        subject = self._subject(name)
        said = KINDS[subject](book) if subject in KINDS else CardContent()
        over, title = (report.subtitle, report.title) if name == HOME else (report.title, self._title(name))
        edition = self._word("edition-of", edition=book.landscape.current.id)
        number = "" if said.number is None else book.wording.number(said.number)
        fact = self._word(f"card-{subject}", n=said.number, **said.values)
        return Card(over, edition, title, number, fact, said.scene, book.look.logo.data if book.look.logo else "")

    def _subject(self, name: str) -> str:
        """Return what a page is about, which may be called otherwise."""
        return next((subject for subject in SHOWN if self._site.book.page(subject) == name and subject in KINDS), name)

    def _title(self, name: str) -> str:
        own = self._word(f"card-title-{self._subject(name)}")
        return own or self._site.title(f"{name}.md")

    def _word(self, name: str, **values: object) -> str:
        """Return a phrase, or nothing where the data have none: a report may have pages that nobody thought of here."""
        wording = self._site.book.wording
        return wording.word(name, **values) if name in self._site.book.landscape.words.phrases else ""


def card_id(path: str) -> str:
    """Return the id of the card of a page: its own for a main page, one for all records of a folder."""
    home, _, record = path.partition("/")
    return f"{home}{_EACH}" if record else home.removesuffix(".md")


def _answers(book: Book) -> CardContent:
    """Each question as a row of its known points by level, the best first; unlike things are not added up."""
    land = book.landscape
    rows = []
    for question in land.questions:
        levels = answer(book.results, question, land.current.id).levels
        known = [level for level in land.levels if level != land.method.unknown]
        rows.append((question.short, [_paint(book, level) for level in known for _ in range(levels[level])]))
    return CardContent(values={"questions": len(rows)}, scene=scenes.rows(rows))


def _matrix(book: Book) -> CardContent:
    land = book.landscape
    columns = [[_fill(book, name, dimension) for dimension in land.class_dimensions] for name in land.equipment]
    return CardContent(len(land.equipment), {"dimensions": len(land.class_dimensions)}, scenes.grid(columns))


def _level(land: Landscape, name: str, dimension: str) -> str | None:
    found = land.cells.get((name, dimension, land.current.id))
    return found.level if found else None


def _fill(book: Book, name: str, dimension: str) -> str | None:
    level = _level(book.landscape, name, dimension)
    return _paint(book, level) if level else None


def _tone_of(book: Book, level: str) -> str:
    return book.tone(book.landscape.levels[level])


def _paint(book: Book, level: str) -> str:
    """Return the filling of a level; none for what is not known, which is hatched or outlined."""
    return level_colours().get(_tone_of(book, level), ("", ""))[0]


def _class(book: Book) -> CardContent:
    """Each class as a column of its levels, those known at the foot; the class of which most is known first."""
    land = book.landscape
    found = [Counter(_level(land, name, dimension) for dimension in land.class_dimensions) for name in land.equipment]
    found.sort(key=lambda levels: (-levels.total() + levels[None] + levels[land.method.unknown], levels[None]))
    columns = [[(1, _paint(book, level)) for level in land.levels for _ in range(levels[level])] for levels in found]
    return CardContent(len(land.equipment), scene=scenes.stacks(columns))


def _dimension(book: Book) -> CardContent:
    """Each dimension as a row of the levels of all classes, known ones first."""
    land = book.landscape
    order = {level: at for at, level in enumerate(land.levels)}
    rows = []
    for dimension in land.class_dimensions:
        found = sorted(filter(None, (_level(land, name, dimension) for name in land.equipment)), key=order.__getitem__)
        rows.append([*(_paint(book, level) for level in found), *[None] * (len(land.equipment) - len(found))])
    return CardContent(len(land.dimensions), scene=scenes.grid(list(zip(*rows, strict=True))))


def _claims(book: Book) -> CardContent:
    land = book.landscape
    rows, good = [], 0
    for edition in (land.baseline, land.current):
        given = {c.id: v.verdict for c in land.claims.values() for v in c.verdicts if v.edition == edition.id}
        said = {claim: land.verdicts[verdict].tone for claim, verdict in given.items()}
        rows.append((edition.id, [_tone(said.get(name, "open")) for name in land.claims]))
        good = sum(tone == "good" for tone in said.values())
    return CardContent(good, {"of": len(land.claims), "edition": land.baseline.id}, scenes.rows(rows))


def _tone(tone: str) -> str:
    return colour(_TONES[tone]) if tone in _TONES else ""


def _priorities(book: Book) -> CardContent:
    """Each proposal as a column of what the criteria add to its score, best first."""
    land = book.landscape
    columns = [
        [(item.middle, colour(f"c{shade(at)}") if item.value is not None else "") for at, item in enumerate(scored.contributions, 1)]
        for scored in book.results.ranked
    ]  # fmt: skip
    return CardContent(len(land.priorities), scene=scenes.stacks(columns))


def _measurement(book: Book) -> CardContent:
    """The open points, where they lie in the matrix."""
    land = book.landscape
    unknown = land.method.unknown
    fills = {None: None, unknown: colour("neutral")}
    columns = [
        [fills.get(_level(land, name, dimension), "") for dimension in land.class_dimensions] for name in land.equipment
    ]
    cells = class_cells(book.results, land.current.id)
    return CardContent(
        sum(land.cells[cell].level == unknown for cell in cells),
        {"of": len(cells)},
        scenes.grid(columns),
    )


def _suppliers(book: Book) -> CardContent:
    land, number = book.landscape, book.wording.number
    sides = Counter(land.side(supplier) for supplier in land.suppliers.values())
    fills = (("domestic", colour("dom")), ("imported", colour("imp")), (None, colour("neutral")))
    strip = [(sides[side], number(sides[side]), fill, colour("paper")) for side, fill in fills]
    values = {"domestic": sides["domestic"], "imported": sides["imported"]}
    return CardContent(len(land.suppliers), values, scenes.strip(strip))


def _market(book: Book) -> CardContent:
    points = [point for series in book.landscape.series.values() for point in series.points]
    dates = (point.year for point in points if not point.forecast)
    return CardContent(len(book.landscape.series), {"points": len(points)}, _by_year(book, dates))


def _timeline(book: Book) -> CardContent:
    events = book.landscape.events
    return CardContent(len(events), scene=_by_year(book, (int(event.date[:4]) for event in events)))


def _standards(book: Book) -> CardContent:
    standards = book.landscape.standards
    dates = (int(standard.issued[:4]) if standard.issued else None for standard in standards)
    return CardContent(len(standards), scene=_by_year(book, dates))


def _facts(book: Book) -> CardContent:
    land = book.landscape
    return CardContent(len(land.facts), {"sources": len(land.sources)}, _by_year(book, land.years.values()))


def _sources(book: Book) -> CardContent:
    sources = book.landscape.sources.values()
    dates = (int(source.issued[:4]) if source.issued else None for source in sources)
    return CardContent(len(sources), {"languages": len({s.language for s in sources})}, _by_year(book, dates))


def _by_year(book: Book, dates: Iterable[int | None]) -> str:
    """Return how many things have a date in each of the last years up to the edition."""
    last = int(book.landscape.current.date[:4])
    found = Counter(date for date in dates if date is not None and last - _YEARS < date <= last)
    return scenes.years([(year, found[year]) for year in range(min(found), last + 1)]) if found else ""


def _method(book: Book) -> CardContent:
    return CardContent(
        scene=scenes.scale(
            [(level.sign, level_colours().get(book.tone(level))) for level in book.landscape.levels.values()]
        )
    )


def _terms(book: Book) -> CardContent:
    return CardContent(len(book.landscape.terms))


def _changes(book: Book) -> CardContent:
    return CardContent(len(book.landscape.changes))


def _stale(book: Book) -> CardContent:
    return CardContent(len(book.results.stale))


def _licence(book: Book) -> CardContent:
    return CardContent(values={"licence": book.landscape.report.data_licence.name})


KINDS: dict[str, Callable[[Book], CardContent]] = {
    HOME: _answers, "landscape": _matrix, "gap": _answers, "claims": _claims, "priorities": _priorities,
    "measurement": _measurement, "suppliers": _suppliers, "market": _market, "timeline": _timeline,
    "standards": _standards, "evidence": _facts, "sources": _sources, "method": _method, "glossary": _terms,
    "data": _licence, "changes": _changes, "maintenance": _stale,
    f"equipment{_EACH}": _class, f"dimensions{_EACH}": _dimension, f"priorities{_EACH}": _priorities,
    f"suppliers{_EACH}": _suppliers, f"evidence{_EACH}": _facts, f"sources{_EACH}": _sources,
}  # fmt: skip
