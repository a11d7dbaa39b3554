"""Blocks on priorities, on what is not measured and on the method: what they compute, and what stands on the pages."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from macros.charts.rows import Axis
from macros.charts.scatter import Dot, Lane, scatter_drawing
from macros.charts.theme import NARROW, WIDE
from macros.derive.acceptability import scaled_weights
from macros.derive.priority import (
    Contribution,
    Step,
    classes_containing,
    points_behind_before,
    points_of_dependence,
    rank,
    share_at_stake,
)
from macros.derive.results import ANY
from macros.derive.tally import Knowledge, class_knowledge, dimension_knowledge, unknown_classes
from macros.load.pages import Page, pages
from macros.present.book import Book
from macros.present.firmness import SHADES, TOP_SHADES, firm_or_not, rank_intervals, shade
from macros.present.lab import Values, values, weight_lab
from macros.present.priorities import roadmap
from macros.present.priority_figures import map_rows
from macros.present.priority_page import priority_gaps, priority_score
from macros.present.scores import BarPart, Places, ends, middle, points, score_view, segments
from macros.render.renderer import Renderer
from macros.render.site import open_site
from site_tests.support.drawings import shapes
from site_tests.support.small import NOW, THEN, assessments, machine, priority, results, share

JUDGED_CHUCK = assessments(precision="clearly unknown", supply="dependent dependent")
JUDGED_LATHE = assessments(precision="slightly parity", supply="unknown slightly")
CHUCK = machine("chuck", JUDGED_CHUCK, kind="component", value_share=share(5, 15))
LATHE = machine("lathe", JUDGED_LATHE, components=("chuck",), value_share=share(10, 20))
PRESS = machine("press", assessments(precision="clearly clearly"), components=("chuck",))
MACHINES = (LATHE, CHUCK, PRESS)


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


@pytest.fixture(scope="module")
def renderer(book: Book) -> Renderer:
    return Renderer(book)


@pytest.fixture(scope="module")
def pages_of(book: Book, miniature: Path, renderer: Renderer):
    """Return a function that composes a page of the miniature and returns the HTML of its blocks."""
    found = {page.path: page for page in pages(miniature, book.landscape)}
    return lambda path: "\n".join(renderer.compose(found[path]).slots)


# Where values come from


def test_points_of_dependence_follow_components_and_count_them_once():
    derived = results(MACHINES, (priority("p", ("lathe", "press"), ("precision",)),))
    owners = [
        owner
        for owner, dimension in points_of_dependence(derived.landscape.priorities["p"], derived)
        if dimension == "supply"
    ]
    assert owners == ["lathe", "press", "chuck"]


def test_share_at_stake_is_that_of_the_class_with_the_largest_one():
    derived = results(MACHINES)
    found = share_at_stake(priority("p", ("chuck", "lathe"), ("precision",)), derived)
    assert found and found[0] == "lathe"  # 15 against 10 on average
    assert share_at_stake(priority("p", ("press",), ("precision",)), derived) is None


def test_classes_containing_leave_out_those_helped_anyway():
    derived = results(MACHINES)
    assert classes_containing(priority("p", ("chuck",), ("precision",)), derived) == ["lathe", "press"]
    assert classes_containing(priority("p", ("chuck", "press"), ("precision",)), derived) == ["lathe"]
    assert classes_containing(priority("p", ("lathe",), ("precision",)), derived) == []


def test_points_behind_before_are_those_that_are_known_now():
    derived = results(MACHINES)
    found = points_behind_before(priority("p", ("lathe", "chuck", "press"), ("precision", "supply")), derived)
    # Lathe precision 1 to 0, press precision 2 to 2, chuck supply 3 to 3; chuck precision is not known now.
    assert found == [("lathe", "precision"), ("chuck", "supply"), ("press", "precision")]


def test_value_and_ground_of_a_criterion_agree(book: Book):
    for record in book.landscape.priorities.values():
        rows = {row.criterion.measure: row for row in priority_score(book, record).rows}
        now = [point.standings[-1] for point in rows["severity"].ground.points]
        known = [standing for standing in now if standing and standing.level.severity is not None]
        assert (rows["severity"].value is None) == (not known)
        assert (rows["stake"].value is None) == (not rows["stake"].ground.lead)
        assert (rows["persistence"].value is None) == (not rows["persistence"].ground.points)


# What builds on what


def steps(later: str, *priorities) -> tuple[Step, ...]:
    derived = results(MACHINES, priorities)
    return derived.steps[later]


def test_priority_on_a_component_comes_before_those_on_machines_that_contain_it():
    chucks, lathes = priority("chucks", ("chuck",), ("supply",)), priority("lathes", ("lathe", "press"), ("precision",))
    assert steps("lathes", chucks, lathes) == (Step("chucks", "chuck", ("lathe", "press")),)
    assert steps("chucks", chucks, lathes) == ()


def test_priority_without_a_dimension_of_dependence_makes_no_part():
    assert (
        steps("lathes", priority("chucks", ("chuck",), ("precision",)), priority("lathes", ("lathe",), ("precision",)))
        == ()
    )


def test_machine_or_component_that_both_help_is_no_step():
    both = priority("both", ("chuck", "lathe"), ("supply",))
    assert steps("lathes", both, priority("lathes", ("lathe",), ("precision",))) == ()
    assert (
        steps(
            "lathes",
            priority("chucks", ("chuck",), ("supply",)),
            priority("lathes", ("lathe", "chuck"), ("precision",)),
        )
        == ()
    )


# Scores as shown


def test_segments_end_at_the_score_and_unknown_ones_stand_at_their_middle():
    (scored,) = rank({"p": {"a": (0.5, 0.5), "b": None, "c": (0.2, 0.6)}}, {"a": 2, "b": 1, "c": 1})
    # 0.5 x 0.5 = 25 %; unknown: half of 0.25 = 12.5 %; middle 0.4 x 0.25 = 10 %.
    assert segments(scored.contributions) == [
        BarPart(number=1, x=0.0, width=25.0, is_known=True),
        BarPart(number=2, x=25.0, width=12.5, is_known=False),
        BarPart(number=3, x=37.5, width=10.0, is_known=True),
    ]
    view = score_view(scored)
    assert (view.score, view.low, view.high) == (48, 30, 65)  # 0.475; 0.25 + 0.05; 0.25 + 0.25 + 0.15
    assert view.x == Places(value=47.5, low=30.0, high=65.0)


def test_contribution_of_an_unknown_criterion_spans_its_weight():
    item = Contribution("a", None, 0.3)
    assert (item.low, item.middle, item.high) == (0.0, 0.15, 0.3)


@pytest.mark.parametrize(("value", "expected"), [(None, 0.5), ((0.2, 0.2), 0.2), ((0.2, 0.5), 0.35)])
def test_middle_of_a_value(value, expected):
    assert middle(value) == expected


def test_points_are_out_of_a_hundred():
    assert [points(share) for share in (0, 0.004, 0.006, 1)] == [0, 0, 1, 100]
    assert [points(share) for share in (0.125, 0.135, 0.135 - 1e-12)] == [12, 14, 14]  # halves to even, of nine digits


def test_values_on_the_page_give_the_score_of_the_build_under_every_preset(book: Book, renderer: Renderer):
    """Each row carries the values of its priority to the last digit, so that a reader's weights give what the build would."""
    method = book.landscape.method
    html = "".join(renderer.compose(Page("vorhaben.md", "a test", "{{ priority_ranking() }}", 1, {"title": "R"})).slots)
    rows = re.findall(r'data-id="(\S+)" data-lows="(.*?)" data-highs="(.*?)"', html)
    found = {
        name: list(zip(map(float, lows.split()), map(float, highs.split()), strict=True)) for name, lows, highs in rows
    }
    assert found == {name: [ends(value) for value in values.values()] for name, values in book.results.criteria.items()}
    for preset in method.presets:
        shares = scaled_weights(preset.weights)
        for scored in book.results.ranking[preset.id]:
            parts = zip(method.criteria, found[scored.priority], strict=True)
            assert sum(shares.get(criterion.id, 0) * sum(value) / 2 for criterion, value in parts) == pytest.approx(
                scored.score, abs=1e-12
            )


def test_lab_has_a_slider_for_each_criterion_and_the_exact_weights_of_each_preset(book: Book):
    view, method = weight_lab(book), book.landscape.method
    assert [criterion for criterion, _ in view.rows] == list(method.criteria)
    assert sum(share for _, share in view.rows) == pytest.approx(1)
    for preset, weights in view.presets:
        assert [float(weight) for weight in weights.split()] == [preset.weights[c.id] for c in method.criteria]


def test_values_keep_every_digit_and_an_unknown_one_spans_the_scale():
    assert values({"a": (0.1 + 0.2, 1.0), "b": None}) == Values(lows="0.30000000000000004 0", highs="1 1")


def test_contributions_on_the_page_of_a_priority_fill_the_longest_bar(book: Book):
    for record in book.landscape.priorities.values():
        rows = priority_score(book, record).rows
        assert max(row.sure + row.open for row in rows) == pytest.approx(100, abs=0.02)


# How firm


def test_shade_counts_the_shares_reached():
    assert [shade(share) for share in (0, 0.009, 0.01, 0.1, 0.39, 1)] == [0, 0, 1, 3, 4, len(SHADES)]
    assert [shade(share, TOP_SHADES) for share in (0.04, 0.5, 0.9)] == [0, 3, len(TOP_SHADES)]


def test_rank_intervals_hold_what_the_draws_say(book: Book):
    found, presets = book.results.acceptability, book.landscape.method.presets
    views = (*(preset.id for preset in presets), ANY)
    for proposal, cells in rank_intervals(book):
        for name, cell in zip(views, cells, strict=True):
            assert (cell.low, cell.high) == (
                found[name].rank_low[proposal.id],
                found[name].rank_high[proposal.id],
            )
            assert cell.x.low == {1: 0.0, 2: 100.0}[cell.low]  # two priorities: the first rank and the last
        assert [cell.rank is None for cell in cells] == [False] * len(presets) + [True]


def test_priority_among_the_top_by_score_alone_is_named(book: Book):
    view = firm_or_not(book)
    outside = [proposal for proposal, _ in dict(view.groups)["outside"]]
    tops = [
        {item.priority for item in order if item.rank <= book.landscape.method.top}
        for order in book.results.ranking.values()
    ]
    assert view.by_score == [priority for priority in outside if all(priority.id in top for top in tops)]


# The map of gaps against feasibility


def test_map_puts_the_most_feasible_on_top_and_unknown_severity_apart():
    priorities = (
        priority("hard", ("press",), ("precision",), feasibility=1),
        priority("easy", ("lathe",), ("precision",), feasibility=5),
        priority("open", ("chuck",), ("precision",), feasibility=5),
    )
    derived = results(MACHINES, priorities)
    book = Book(derived.landscape)
    book.__dict__["results"] = derived
    rows = map_rows(book, [(record, rank) for rank, record in enumerate(priorities, start=1)])
    # Severities on the scale of levels, from 0 to 3; what is not known has none.
    assert [(row.label, [(dot.number, dot.value) for dot in row.dots]) for row in rows] == [
        ("5", [("2", 0), ("3", None)]),
        ("1", [("1", 2)]),
    ]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_dots_of_the_map_never_touch(width: int):
    values = (1, 1, 1, 1, 1.05, 0, 3, None, None)
    row = Lane("5", tuple(Dot(str(at), f"Proposal {at}", f"p{at}.html", value) for at, value in enumerate(values)))
    drawing = scatter_drawing(
        width, [row], Axis((0, 3), ((0, "level"), (3, "behind")), "severity"), "not known", "feasibility"
    )
    dots = shapes(drawing, "points", "circle")
    places = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in dots]
    assert len(places) == len(values)
    diameter = 2 * float(dots[0].get("r", ""))
    assert all(dist(one, other) >= diameter for one, other in combinations(places, 2))
    assert max(x for x, _ in places) + diameter / 2 <= width


# Roadmap


def test_roadmap_says_on_whose_parts_a_priority_builds():
    derived = results(
        MACHINES, (priority("chucks", ("chuck",), ("supply",)), priority("lathes", ("lathe",), ("precision",)))
    )
    book = Book(derived.landscape)
    book.__dict__["results"] = derived
    rows = {row.priority.id: row for _, rows in roadmap(book).horizons for row in rows}
    assert [earlier.id for earlier, _ in rows["lathes"].builds_on] == ["chucks"]
    assert rows["chucks"].builds_on == []


def test_roadmap_places_each_priority_once_by_horizon(book: Book):
    view = roadmap(book)
    assert [horizon.id for horizon, _ in view.horizons] == [horizon.id for horizon in book.landscape.method.horizons]
    placed = [(row.priority.id, horizon.id) for horizon, rows in view.horizons for row in rows]
    assert sorted(placed) == sorted((record.id, record.horizon) for record in book.landscape.priorities.values())


# What is not measured


def test_knowledge_counts_known_unknown_and_unrecorded_points():
    derived = results(MACHINES)
    assert dimension_knowledge(derived, NOW) == {
        "precision": Knowledge(known=2, unknown=1, unrecorded=0),
        "supply": Knowledge(known=2, unknown=0, unrecorded=1),
        "core-components": Knowledge(known=0, unknown=0, unrecorded=3),
    }
    assert class_knowledge(derived, THEN)["lathe"] == Knowledge(known=1, unknown=1, unrecorded=1)
    assert list(unknown_classes(derived, "precision", NOW)) == ["chuck"]


# Pages


@pytest.mark.parametrize("path", ["priorities/thin-wire.md", "priorities/uptime-record.md"])
def test_page_of_a_priority_shows_every_point_it_answers(path: str, book: Book, pages_of):
    record = book.landscape.priorities[Path(path).stem]
    html = pages_of(path)
    for row in priority_gaps(book, record):
        if row.point.owner != "industry":
            anchor = f"#{row.point.dimension.id}" if row.point.is_recorded else ""
            assert f'{row.point.owner}.html{anchor}"' in html
    assert all(action.split()[0] in html for action in record.actions)
    assert record.target.test in html
    assert all(book.wording.method_name("actors", actor) in html for actor in record.who_acts)
    assert not re.search(r"\bNone\b", html)


def test_target_says_whose_it_is_and_what_is_open(book: Book, pages_of):
    word = book.wording.word
    ours, theirs = pages_of("priorities/thin-wire.md"), pages_of("priorities/uptime-record.md")
    assert word("prio-proposed") in ours and word("prio-stated") not in ours
    assert word("prio-stated") in theirs and word("prio-proposed") not in theirs
    assert word("prio-no-date") in theirs and word("prio-now-unknown") in theirs
    assert word("prio-readiness-level", level="4–6") in ours
    assert word("prio-no-readiness") in theirs
