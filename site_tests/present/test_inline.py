"""Figures within sentences: one value, with its bound, linked to where it comes from; never one of several by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.derive.gap import GapIndex
from macros.present.book import Book, UnknownRecord
from macros.present.gap import gap_ranking
from macros.present.inline import movement_base, note, series_value, supplier_figure
from macros.render.site import open_site
from site_tests.support.reading import landscape_of


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


def test_a_value_of_a_series_has_its_unit_and_leads_to_the_series(book: Book) -> None:
    every = [(series, point) for series in book.landscape.series.values() for point in series.points if point.year]
    series, point = next((s, p) for s, p in every if [other.year for other in s.points].count(p.year) == 1)
    shown = series_value(book, series.id, year=point.year)
    assert (shown.kind, shown.name, shown.statement) == ("series", series.id, series.title)
    assert shown.text.endswith(series.unit)


def test_a_value_that_could_be_several_is_refused(book: Book) -> None:
    series = next(found for found in book.landscape.series.values() if len(found.points) > 1)
    with pytest.raises(UnknownRecord, match=f'more than one point of series "{series.id}"; add the year'):
        series_value(book, series.id)


def test_a_figure_of_a_company_that_is_not_there_is_refused(book: Book) -> None:
    company = next(iter(book.landscape.suppliers))
    with pytest.raises(UnknownRecord, match="no figure"):
        supplier_figure(book, company, "no-such-metric")


def test_classes_with_equal_indices_share_their_rank(miniature: Path) -> None:
    book = Book(landscape_of(miniature))
    names, now = list(book.landscape.equipment), book.landscape.current.id
    indices = dict(zip(names, (0.5, 0.5, 0.25), strict=True))
    for name, value in indices.items():
        book.results.class_index[name, now] = GapIndex(value=value, coverage=1.0, known=2, of=2, is_shown=True)
    assert [row.rank for row in gap_ranking(book).rows if row.rank] == [1, 1, 3]


def test_a_note_is_printed_as_it_stands(book: Book) -> None:
    name, found = next(iter(book.landscape.notes.items()))
    assert note(book, name) == found.text
    with pytest.raises(UnknownRecord, match='no note "no-such-note"'):
        note(book, "no-such-note")


def test_what_could_have_moved_is_said_with_its_numbers(book: Book) -> None:
    # Known in 2018: precision of the guide; cut, precision and supply of the saw, whose precision is not known now.
    expected = (
        "Von den 4 Punkten, die 2018 bekannt waren, sind 1 nicht mehr bekannt, und nur 1 waren gleichauf oder voraus "
        "und hatten etwas zu verlieren."
    )
    assert movement_base(book) == expected
