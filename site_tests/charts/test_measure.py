"""Measuring texts: by the font that comes along, on every machine the same; and where lines may break."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Browser

from macros.charts.measure import FONTS, WIDTHS, broken_lines, has_letters, text_width
from site_tests.support.font_widths import FACES, widths


def test_widths_are_those_of_the_fonts_that_come_along() -> None:
    assert WIDTHS.read_text(encoding="utf-8") == widths()


def test_a_text_is_as_long_as_its_letters_and_a_twentieth_more() -> None:
    # G, W and h of Liberation Sans are 1593, 1933 and 1139 units wide, of 2048 to the size: 27.33 pixels at 12.
    assert text_width("GWh", 12) == 28.7
    assert text_width("GWh", 24) == 57.4
    # In bold h is 1251 units wide.
    assert text_width("GWh", 12, "bold") == 29.4


def test_letters_that_the_font_lacks_are_as_wide_as_high_but_those_of_alphabets() -> None:
    assert text_width("制造", 12) == 25.2
    assert text_width("≲", 12) == 12.6
    assert text_width("سي", 12) == 17.6  # 2 x 0.7 x 12 x 1.05
    assert text_width("\u200e\u0651", 12) == 0  # a mark of direction, and one above a letter
    assert has_letters("≈ 5 %, größer → −2") and not has_letters("制造") and not has_letters("≲")


@pytest.mark.parametrize("weight", FACES)
def test_a_browser_finds_the_same_widths(browser: Browser, weight: str) -> None:
    texts = ["Slot-die coater", "≈ 55.56 %", "AVATAR 1,234 µm", "больше", "müßig"]
    font = base64.b64encode((FONTS / FACES[weight]).read_bytes()).decode()
    page = browser.new_page()
    found = page.evaluate(
        """async ([font, texts]) => {
            const face = new FontFace("measured", `url(data:font/ttf;base64,${font})`);
            document.fonts.add(await face.load());
            const context = document.createElement("canvas").getContext("2d");
            context.font = "100px measured";
            context.fontKerning = "none";
            return texts.map(text => context.measureText(text).width);
        }""",
        [font, texts],
    )
    page.context.close()
    assert [text_width(text, 100, weight) for text in texts] == pytest.approx([1.05 * wide for wide in found], abs=0.1)


def test_lines_break_at_blanks_and_hyphens_and_never_in_words() -> None:
    assert broken_lines("import-dependent", 60) == ["import-", "dependent"]
    assert broken_lines("slightly \n behind", 50) == ["slightly", "behind"]
    assert broken_lines("unbreakableword and", 20) == ["unbreakableword", "and"]
    assert broken_lines("one line", 500) == ["one line"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("speed of 80\u00a0m/min", ["speed of", "80\u00a0m/min"]),
        ("makers (brands = 1)", ["makers", "(brands", "= 1)"]),
        ("almost 30 % more", ["almost", "30 %", "more"]),
    ],
)
def test_units_and_signs_stay_with_their_numbers(text: str, expected: list[str]) -> None:
    assert broken_lines(text, 55) == expected


def test_scripts_without_blanks_break_between_letters_but_before_no_mark() -> None:
    assert broken_lines("锂电池制造设备", 40) == ["锂电池", "制造设", "备"]
    assert broken_lines("锂电池，设备", 38) == ["锂电", "池，设", "备"]
