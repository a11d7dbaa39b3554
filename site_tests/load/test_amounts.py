"""Figures of a translated record go by the power of ten that its language names their unit with; none is lost."""

from __future__ import annotations

from decimal import Decimal
from math import isclose
from typing import Any

import pytest

from macros.load.amounts import counted_anew
from macros.model.context import Point, Series
from macros.model.equipment import Benchmark, Side
from macros.model.evidence import Fact
from macros.model.translated import TranslatedText
from macros.present.book import Book
from macros.render.site import open_site, translated_site
from macros.upkeep.translate import translate
from site_tests.conftest import REPOSITORY, Copy
from site_tests.support.translating import fill

# Worked out by hand: what the words of both languages stand for.
POWERS = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "万亿": 10**12, "亿": 10**8, "万": 10**4}


def ten(unit: Any) -> Decimal:
    return Decimal(10) if isinstance(unit, TranslatedText) else Decimal(1)


TOLD = TranslatedText("亿韩元", "billion KRW")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.2, 32), (0.1, 1), (13.93235, 139.3235), ((8.6, 13.2), (86, 132)), (-0.04, -0.4), (None, None)],
)
def test_a_figure_is_counted_in_the_power_that_its_unit_names(value: Any, expected: Any) -> None:
    told = counted_anew(Fact.model_construct(value=value, unit=TOLD, year=2023), ten)
    assert (told.value, told.unit, told.year) == (expected, "亿韩元", 2023)
    assert counted_anew(Fact.model_construct(value=value, unit="billion KRW"), ten).value == value


def test_figures_in_records_below_the_unit_are_counted_too() -> None:
    points = tuple(Point.model_construct(value=value) for value in (1.5, (2, 3)))
    told: Any = counted_anew(Series.model_construct(unit=TOLD, points=points), ten)
    assert [one.value for one in told.points] == [15, (20, 30)]
    sides = {name: Side.model_construct(value=value) for name, value in (("domestic", 1.5), ("imported", 2))}
    told = counted_anew(Benchmark.model_construct(unit=TOLD, **sides), ten)
    assert (told.domestic.value, told.imported.value) == (15, 20)


def test_a_figure_in_words_stays_and_its_unit_says_the_power() -> None:
    told = counted_anew(Fact.model_construct(value="26 / 22 / 18", unit=TOLD), ten)
    assert (told.value, told.unit) == ("26 / 22 / 18", "×\u00a010\u00a0亿韩元")


def test_a_page_shows_the_figure_that_goes_with_its_unit(project_with: Copy) -> None:
    root = project_with(
        {"data/report.yml": ("language: de\nhome", "language: de\nlanguages: [{id: zh-Hans, name: 简体中文}]\nhome")}
    )
    translate(root, "zh-Hans")
    fill(root, "zh-Hans", lambda context, text: "万欧元" if (context, text) == ("units", "Mio. EUR") else "")
    page = translated_site(root, open_site(root), "zh-Hans").composed["suppliers/saxon-saws.md"]
    shown = "".join(page.slots)
    assert "8000–9000" in shown and "万欧元" in shown and "80–90" not in shown


@pytest.fixture(scope="module")
def real() -> tuple[Book, Book]:
    """The real report, and the same in its first other language."""
    site = open_site(REPOSITORY)
    return site.book, translated_site(REPOSITORY, site, site.book.landscape.report.languages[0].id).book


def amounts(record: Any) -> list[float]:
    """Return the figures beside a unit, each with the power of ten that the unit says."""
    power = next((size for word, size in POWERS.items() if (record.unit or "").startswith(word)), 1)
    ends = record.value if isinstance(record.value, tuple) else (record.value,)
    return [end * power for end in ends if isinstance(end, (int, float))]


def test_every_amount_of_the_real_report_is_the_same_in_both_languages(real: tuple[Book, Book]) -> None:
    changed = 0
    for fact, told in zip(*(book.landscape.facts.values() for book in real), strict=True):
        before, after = amounts(fact), amounts(told)
        assert fact.id == told.id and len(before) == len(after) and all(map(isclose, before, after)), fact.id
        changed += fact.value != told.value and not isinstance(told.value, str)
    assert changed > 100
