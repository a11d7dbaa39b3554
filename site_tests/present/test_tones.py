"""The colour of a level follows from its place on the scale, whatever its id."""

from __future__ import annotations

import re

import pytest

from macros.model.method import Level
from macros.present.look import tones
from site_tests.conftest import REPOSITORY


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ((-1, 0, 1, 2, 3, None), "ahead-1 level behind-1 behind-2 behind-3 unknown"),
        ((-2, -1, 0, 1, None), "ahead-2 ahead-1 level behind-3 unknown"),
        ((0, 1, 2, None), "level behind-2 behind-3 unknown"),
        ((-1, 0, 2, 4, 6, 8, 10), "ahead-1 level behind-1 behind-2 behind-2 behind-3 behind-3"),
    ],
)
def test_tone_of_a_level_is_its_place_among_those_of_its_side(
    severities: tuple[int | None, ...], expected: str
) -> None:
    levels = [
        Level(id=f"step-{at}", severity=severity, sign="x", name="x", meaning="x")
        for at, severity in enumerate(severities)
    ]
    assert list(tones(levels).values()) == expected.split()


@pytest.mark.parametrize("sheet", ["report.css", "embed.css"])
def test_every_tone_has_a_colour(sheet: str) -> None:
    style = (REPOSITORY / "macros/theme/assets" / sheet).read_text(encoding="utf-8")
    coloured = set(re.findall(r"\.lv-([a-z]+(?:-\d)?)\b", style))
    assert {"ahead-1", "ahead-2", "level", "behind-1", "behind-2", "behind-3", "unknown"} <= coloured
