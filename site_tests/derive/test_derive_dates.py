"""When a fact is from, and when it is stale."""

import pytest

from macros.derive.due import is_stale
from macros.load.landscape import dated
from site_tests.support.small import fact, results, source


@pytest.mark.parametrize(
    ("year", "issued", "expected"),
    [
        (2021, "2023-05-13", 2021),  # a figure of the past, published later
        (2030, "2023", 2023),  # a forecast is knowledge of the year it was made
        (2023, "2023-01", 2023),
        (2021, None, 2021),
        (None, "2022-11", 2022),
        (None, None, None),
    ],
)
def test_fact_is_from_the_earlier_of_figure_and_source(year, issued, expected):
    assert dated(fact(year=year), issued) == expected


def test_fact_is_fresh_in_the_last_year_of_its_shelf_life_and_stale_after():
    assert not is_stale(2023, shelf_life=3, today=2026)
    assert is_stale(2022, shelf_life=3, today=2026)


def test_shelf_life_of_zero_holds_for_the_year_itself():
    assert not is_stale(2026, shelf_life=0, today=2026)
    assert is_stale(2025, shelf_life=0, today=2026)


def test_undated_and_future_facts_are_never_stale():
    assert not is_stale(None, shelf_life=0, today=2026)
    assert not is_stale(2030, shelf_life=0, today=2026)


def test_staleness_is_judged_at_the_date_of_the_current_edition_by_topic():
    # Topic "market" lives 3 years; the current edition is of 2026.
    facts = (
        fact("f-1", year=2022),
        fact("f-2", year=2023),
        fact("f-3", source="s-2"),
        fact("f-4", year=2022, source="s-2"),
    )
    derived = results(facts=facts, sources=(source("s-1"), source("s-2", issued=None)))
    assert derived.landscape.years == {"f-1": 2022, "f-2": 2023, "f-3": None, "f-4": 2022}
    assert derived.stale == {"f-1", "f-4"}
