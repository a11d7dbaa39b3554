"""What is due: facts past their shelf life, thin and carried-over levels, sources out of reach; worked out by hand.

Stale at 2024, by topic: kennwert 5 years, so ws-001 and ws-002 of 2018; urteil 4, so im-003 and wg-001 of 2018;
inlandsanteil 3, so im-001 of 2018; markt 3, so ws-006 of 2020. Of these a level of 2024 cites only wg-001.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.check import validated
from macros.cli.main import main
from macros.derive.due import carried_over, stale_ages, thin_levels, unknown_levels, without_address, without_date
from macros.derive.results import Results
from macros.derive.uses import Use, current_uses
from macros.load import load
from macros.load.landscape import Landscape
from macros.present.book import Book
from macros.present.maintenance import stale_facts, upkeep_summary
from macros.problems import ProblemsFound
from macros.render.site import open_site
from macros.upkeep.fresh import check_fresh
from site_tests.conftest import Change
from site_tests.support.reading import landscape_of

Copy = Callable[[dict[str, Change]], Path]
GUIDES = "data/evidence/wire-guide.yml"


@pytest.fixture(scope="module")
def land(miniature: Path) -> Landscape:
    return landscape_of(miniature)


def test_stale_facts_come_with_their_age_oldest_first(land: Landscape) -> None:
    assert stale_ages(land, 2024) == {"im-003": 6, "im-001": 6, "wg-001": 6, "ws-001": 6, "ws-002": 6, "ws-006": 4}
    assert [*stale_ages(land, 2024).values()] == [6, 6, 6, 6, 6, 4]
    assert stale_ages(land, 2018) == {}


def test_uses_are_those_of_known_levels_now_and_of_priorities(land: Landscape) -> None:
    uses = current_uses(land)
    assert set(uses) == {"ws-003", "ws-004", "ws-005", "im-002", "im-004", "wg-001", "wg-002"}
    assert uses["ws-003"] == (Use("level", "wire-saw", "kerf-loss"), Use("priority", "thin-wire"))


def test_thin_levels_have_low_confidence_and_one_fact(land: Landscape) -> None:
    assert thin_levels(Results(land)) == [
        ("wire-saw", "supply", "2024"),
        ("wire-guide", "supply", "2024"),
        ("industry", "service-network", "2024"),
    ]


def test_unknown_levels_are_those_of_the_current_edition(land: Landscape) -> None:
    assert unknown_levels(Results(land)) == [
        ("wire-saw", "precision", "2024"),
        ("wafer-sorter", "uptime", "2024"),
        ("industry", "standards", "2024"),
    ]


def test_a_level_is_carried_over_where_nothing_but_its_edition_differs(project_with: Copy) -> None:
    same = "    level: angewiesen\n    basis: judged\n    evidence: [wg-002, wg-001]\n    counter_evidence: []\n    reason: Ein Fachblatt findet keine heimische Rolle in neuen Sägen.\n    moved_because: Der heimische Hersteller hat aufgegeben.\n"
    as_before = "    level: weit-zurueck\n    basis: inferred\n    evidence: [wg-001]\n    counter_evidence: []\n    reason: Der heimische Hersteller kündigte eigene Schichten an.\n"
    root = project_with({"data/equipment/wire-guide.yml": (same, as_before)})
    assert carried_over(landscape_of(root)) == [("wire-guide", "precision", "2024")]


def test_nothing_is_carried_over_where_every_level_was_looked_at(land: Landscape) -> None:
    assert carried_over(land) == []


def test_sources_out_of_reach(land: Landscape) -> None:
    assert [source.id for source in without_address(land)] == ["vdsm-2023-roadmap"]
    assert [source.id for source in without_date(land)] == ["saxon-saws-brochure"]


def test_page_reckons_age_at_the_date_of_the_edition(land: Landscape) -> None:
    (_, cited), (_, other) = stale_facts(Book(land))
    assert [(home.id, [(row.fact.id, row.age) for row in home.facts]) for home in cited] == [
        ("wire-guide", [("wg-001", 6)])
    ]
    assert {home.id: len(home.facts) for home in other} == {
        "wire-saw": 3,
        "industry-assessment": 1,
        "industry-localisation": 1,
    }
    (row,) = cited[0].facts
    assert list(row.uses) == [Use("level", "wire-guide", "precision")]


def test_summary_counts_what_is_due(miniature: Path) -> None:
    assert [(place, text.split()[0]) for place, text in upkeep_summary(open_site(miniature).book)] == [
        ("pflege.html#stale-cited", "1"),
        ("pflege.html#thin", "3"),
        ("pflege.html#carried", "0"),
        ("pflege.html#unknown", "3"),
        ("pflege.html#no-address", "1"),
        ("pflege.html#no-date", "1"),
        ("pflege.html#stale-other", "5"),
    ]


def test_fresh_refuses_what_the_current_edition_rests_on(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(miniature), "check", "--fresh", "--today", "2024-10-31"]) == 1
    first, explained, count = capsys.readouterr().err.splitlines()
    assert first == (
        f'{GUIDES}:12: facts[0].year: fact "wg-001" is 6 years old on 2024-10-31; facts on "urteil" hold 4 years; '
        "cite a newer one in wire-guide precision, or set the level to what is known without it [fresh]"
    )
    assert explained.endswith("python -m macros explain fresh")
    assert count.startswith("1 problem in 1 file.")


def test_fresh_is_content_while_shelf_lives_last(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # wg-001 holds four years from 2018: in 2022 it is fresh, and all others are younger or hold longer.
    assert main(["--root", str(miniature), "check", "--fresh", "--today", "2022-12-31"]) == 0
    assert capsys.readouterr().out == (
        "No problems: 7 facts behind the current edition, all fresh on 2022-12-31. Publish: make build\n"
    )


def test_ordinary_check_does_not_mind(miniature: Path) -> None:
    assert main(["--root", str(miniature), "check"]) == 0


def test_later_days_find_more(miniature: Path) -> None:
    # By 2029 everything dated that is cited has gone stale but im-004, an event of 2022 that holds thirty years.
    draft = validated(load(miniature)).public()
    with pytest.raises(ProblemsFound) as caught:
        check_fresh(draft, Landscape.of(draft), "2029-01-01")
    found = [problem.wrong.split('"')[1] for problem in caught.value.problems]
    assert sorted(found) == ["im-002", "wg-001", "wg-002", "ws-003", "ws-004"]
