"""Dates, numbers, plurals, lists and order are those of the report's language."""

from __future__ import annotations

import pytest

from macros.model import locale
from macros.model.locale import Language, locale_of, numbers_in


@pytest.mark.parametrize(
    ("tag", "month", "day", "without_year"),
    [
        ("en-GB", "May 2024", "13 May 2024", "13 May"),
        ("en", "May 2024", "May 13, 2024", "May 13"),
        ("de", "Mai 2024", "13. Mai 2024", "13. Mai"),
        ("pl", "maj 2024", "13 maja 2024", "13 maja"),
        ("zh-Hans", "2024年5月", "2024年5月13日", "5月13日"),
    ],
)
def test_dates_are_written_as_the_language_does(tag: str, month: str, day: str, without_year: str) -> None:
    language = Language(tag)
    assert [language.day(text) for text in ("2024", "2024-05", "2024-05-13")] == ["2024", month, day]
    assert language.day_of_year("2024-05-13") == without_year
    assert language.day_of_year("2024") == ""


def test_a_leap_day_has_a_day_of_its_year() -> None:
    assert Language("de").day_of_year("2024-02-29") == "29. Februar"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ["1234", "12,345", "1,234,567.5", "−0.25", "0"]),
        ("de", ["1234", "12.345", "1.234.567,5", "−0,25", "0"]),
        ("fr", ["1234", "12\u202f345", "1\u202f234\u202f567,5", "−0,25", "0"]),
        ("hi", ["1234", "12,345", "12,34,567.5", "−0.25", "0"]),
    ],
)
def test_numbers_have_the_marks_of_the_language(tag: str, expected: list[str]) -> None:
    language = Language(tag)
    assert [language.number(value) for value in (1234, 12_345, 1_234_567.5, -0.25, -0.0)] == expected


def test_numbers_are_rounded_to_three_decimals_or_to_what_is_asked() -> None:
    language = Language("de")
    assert language.number(2.34567) == "2,346"
    assert language.number(2.0, 1) == "2,0"
    assert language.number(-0.04, 1) == "0,0"
    assert language.number(-12_345.678, 2) == "−12.345,68"


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "1,234.5 or 12.5", {1234.5, 12.5}),
        ("fr", "0,4 mm, 25 000 et 1 234,5", {0.4, 25000, 1234.5}),
        ("de-CH", "1’234.5", {1234.5}),
        ("de", "12,5 bis 3.000", {12.5, 3000}),
    ],
)
def test_numbers_are_read_with_the_marks_of_the_language(tag: str, text: str, expected: set[float]) -> None:
    assert expected <= numbers_in(locale_of(tag), text)


def test_plurals_follow_the_language() -> None:
    counted = {tag: [locale.plural(locale_of(tag), n) for n in (0, 1, 2, 5, 1.5)] for tag in ("en", "fr", "pl", "zh")}
    assert counted == {
        "en": ["other", "one", "other", "other", "other"],
        "fr": ["one", "one", "other", "other", "one"],
        "pl": ["many", "one", "few", "many", "other"],
        "zh": ["other"] * 5,
    }
    assert locale.plurals(locale_of("fr")) == {"one", "other"}
    assert locale.plurals(locale_of("pl")) == {"one", "few", "many"}


def test_lists_are_joined_as_the_language_does() -> None:
    said = {tag: Language(tag).enumeration("abc") for tag in ("en-GB", "de", "zh")}
    assert said == {"en-GB": "a, b and c", "de": "a, b und c", "zh": "a、b和c"}
    assert {tag: Language(tag).row("abc") for tag in ("en", "ja", "ar")} == {
        "en": "a, b, c",
        "ja": "a、b、c",
        "ar": "a, b, c",
    }


def test_marks_between_texts_are_those_of_the_language() -> None:
    signs = (", ", ": ", "; ", ". ", " (", ")", " ")
    assert [Language("de").mark(sign) for sign in signs] == list(signs)
    assert [Language("ko").mark(sign) for sign in signs] == list(signs)
    for tag in ("zh-Hans", "zh-Hant", "ja"):
        assert [Language(tag).mark(sign) for sign in signs] == ["，", "：", "；", "。", "（", "）", ""]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "million EUR", 10**6),
        ("en", "trillion KRW", 10**12),
        ("en", "hundred million CNY", 1),
        ("en", "mm", 1),
        ("de", "Mio. Euro", 10**6),
        ("ar", "مليون يورو", 10**6),
        ("es", "mil millones de euros", 10**9),
        ("zh-Hans", "亿元", 10**8),
        ("zh-Hans", "百万元", 10**6),
        ("zh-Hans", "万亿韩元", 10**12),
        ("zh-Hans", "元", 1),
        ("zh-Hans", "10 亿元", 1),
    ],
)
def test_the_power_of_ten_at_the_beginning_of_a_text_is_known(tag: str, text: str, expected: int) -> None:
    assert locale.power_of_ten(locale_of(tag), text) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ["2 Ab", "Abel", "Äbte", "Öl", "Zorn"]),
        ("de", ["2 Ab", "Abel", "Äbte", "Öl", "Zorn"]),
        ("sv", ["2 Ab", "Abel", "Zorn", "Äbte", "Öl"]),
    ],
)
def test_texts_stand_in_the_order_of_the_language(tag: str, expected: list[str]) -> None:
    language = Language(tag)
    assert sorted(["Öl", "Zorn", "Äbte", "2 Ab", "Abel"], key=lambda text: language.order(text)) == expected


def test_letters_without_a_place_in_the_alphabet_stand_behind_it() -> None:
    assert sorted("北žcba", key=lambda text: Language("sl").order(text)) == ["a", "b", "c", "ž", "北"]


def test_codes_have_names_in_the_language() -> None:
    assert locale.names(locale_of("de"), "countries")["DK"] == "Dänemark"
    assert locale.names(locale_of("de"), "languages")["en"] == "Englisch"
    with pytest.raises(ValueError, match="nowhere"):
        locale_of("nowhere")


def test_theme_speaks_the_nearest_language_that_it_has() -> None:
    assert [locale.theme_language(tag) for tag in ("de", "en-GB", "zh-Hans", "zh-Hant", "pt-BR", "rw")] == [
        "de",
        "en",
        "zh",
        "zh-Hant",
        "pt-BR",
        "en",
    ]
