"""Blocks of classes and dimensions: positions worked by hand, groupings, and what a card says and leaves out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.charts.axis import axis_ends, round_up, ticks
from macros.derive.tally import Segment, level_spread, segments
from macros.load.pages import Page
from macros.model.translated import TranslatedText, UntranslatedText
from macros.present.assessment import card, graded_level, opening
from macros.present.benchmarks import BenchmarkView, benchmark_view, gap_in_words, headline, is_partly
from macros.present.book import Book
from macros.present.dimensions import dimension_index, dimension_levels, dimension_summary
from macros.present.equipment import (
    class_benchmarks,
    class_components,
    class_dimensions,
    class_facts,
    class_priorities,
    class_suppliers,
    class_verdict,
)
from macros.render.renderer import Renderer
from macros.render.site import open_site
from site_tests.support import small
from site_tests.support.drawings import shapes, spans


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


@pytest.fixture(scope="module")
def saw(book: Book) -> Any:
    return book.landscape.equipment["wire-saw"]


@pytest.fixture(scope="module")
def guide(book: Book) -> Any:
    return book.landscape.equipment["wire-guide"]


@pytest.fixture(scope="module")
def sorter(book: Book) -> Any:
    return book.landscape.equipment["wafer-sorter"]


# Positions.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.8, 0.8),
        (0.17, 0.2),
        (33, 40),
        (2572.3, 3000),
        (100, 100),
        (1, 1),
        (0, 1),
        (0.0023, 0.0025),
        (9.1, 10),
        (61, 80),
    ],
)
def test_axis_ends_at_the_next_round_number(value: float, expected: float) -> None:
    assert round_up(value) == expected


def test_axis_holds_ranges_from_end_to_end() -> None:
    assert axis_ends([(40, 50), 80]) == (0, 80)


def test_axis_of_zeros_has_a_length() -> None:
    assert axis_ends([0, 0]) == (0, 1)


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        ((0, 0.8), [0, 0.2, 0.4, 0.6, 0.8]),
        ((0, 30), [0, 10, 20, 30]),
        ((0, 1500), [0, 500, 1000, 1500]),
        ((0, 100), [0, 20, 40, 60, 80, 100]),
        ((0, 2.5), [0, 0.5, 1, 1.5, 2, 2.5]),
        ((-40, 15), [-40, -30, -20, -10, 0, 10]),
        ((0, 0.0025), [0, 0.0005, 0.001, 0.0015, 0.002, 0.0025]),
    ],
)
def test_ticks_are_few_and_round_and_hold_zero(axis: tuple[float, float], expected: list[float]) -> None:
    assert ticks(axis) == expected


def test_segments_fill_the_bar_and_leave_out_what_is_zero() -> None:
    assert segments({"ahead": 1, "parity": 0, "unknown": 2, None: 1}) == (
        Segment("ahead", 1, 0, 25), Segment("unknown", 2, 25, 50), Segment(None, 1, 75, 25),
    )  # fmt: skip


def test_no_counts_make_no_segments() -> None:
    assert segments({"ahead": 0, None: 0}) == ()


def test_spread_counts_each_class_once_and_those_without_a_record() -> None:
    machines = (
        small.machine("a", small.assessments(precision="slightly parity")),
        small.machine("b", small.assessments(precision="- unknown")),
        small.machine("c"),
    )
    found = level_spread(small.results(machines), "precision", small.NOW)
    assert found == {"ahead": 0, "parity": 1, "slightly": 0, "clearly": 0, "dependent": 0, "unknown": 1, None: 1}


# Texts.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One long first sentence that says enough by itself. Another one.", "One long first sentence that says enough by itself."),
        ("Too short. The second sentence is taken as well. Not the third.", "Too short. The second sentence is taken as well."),
        ("The mean friction differs by 2.5 % between G.I.Saw and others, e.g. in use. Next.",
         "The mean friction differs by 2.5 % between G.I.Saw and others, e.g. in use."),
        ("Without an end", "Without an end"),
        ("A figure 3. of the trade and a good deal more than forty letters! Who says so?",
         "A figure 3. of the trade and a good deal more than forty letters!"),
        ("国产设备的公开数据只有一家券商的说法，且未注明测试条件。不知其余。", "国产设备的公开数据只有一家券商的说法，且未注明测试条件。"),
        ("无人测量。各方均未公布数据。其余不知。", "无人测量。各方均未公布数据。"),
        ("一家厂商称其设备“与进口设备相当，并且在若干方面领先。”无人核实。",
         "一家厂商称其设备“与进口设备相当，并且在若干方面领先。”"),
    ],
)  # fmt: skip
def test_opening_is_the_first_sentence_or_two(text: str, expected: str) -> None:
    assert opening(text) == expected


def test_opening_of_a_translation_is_as_long_as_that_of_its_source() -> None:
    source = "Nobody has measured it. Two makers claim 3 mm. What others do is not known."
    assert opening(
        TranslatedText("此处所说的量迄今为止没有任何一方进行过公开的测量。两家厂商宣称3 mm。其余不知。", source)
    ).endswith("3 mm。")
    assert (
        opening(
            TranslatedText(
                "无人。两家厂商宣称3 mm。", "Nobody at all has measured it in any of these years. Two claim 3 mm."
            )
        )
        == "无人。"
    )
    assert isinstance(opening(UntranslatedText(source)), UntranslatedText)


@pytest.mark.parametrize(
    ("metric", "expected"), [("width of cut", "Width of cut"), ("pH of the bath", "pH of the bath"), ("", "")]
)
def test_headline_has_a_capital_unless_written_otherwise(metric: str, expected: str) -> None:
    assert headline(metric) == expected


# Benchmarks.


def drawn(view: BenchmarkView, layer: str, kind: str = "line") -> list[tuple[float, float]]:
    """Return the values at the ends of what a layer of a benchmark's chart shows."""
    return spans(view.figure.drawings[0], layer, kind)


def test_benchmark_shows_both_sides_on_one_axis_from_zero(book: Book, saw: Any) -> None:
    view = class_benchmarks(book, saw)[1]
    assert view.compared.axis == (0, 150)
    assert [side.record.value for side in view.compared.sides] == [150, (100, 120)]
    assert drawn(view, "spans") == [(120, 150)]
    assert (drawn(view, "ranges"), drawn(view, "points", "circle")) == ([(100, 120)], [(150, 150)])
    assert view.compared.gap == "0,67–0,8"


def test_no_gap_is_computed_where_sides_compare_in_part_only(book: Book, saw: Any) -> None:
    compared = class_benchmarks(book, saw)[0].compared
    assert is_partly(compared.benchmark) and compared.gap is None


def test_benchmarks_of_the_newest_edition_come_first(book: Book, saw: Any) -> None:
    assert [benchmark.edition for benchmark in saw.benchmarks] == ["2018", "2024"]
    shown = class_benchmarks(book, saw)
    assert [view.compared.benchmark.edition for view in shown] == ["2024", "2018"]


def test_no_gap_is_computed_against_zero(book: Book) -> None:
    assert gap_in_words(book, small.benchmark(5, 0)) is None
    assert gap_in_words(book, small.benchmark(5, (0, 2))) is None


def test_equal_figures_are_drawn_as_a_dot_within_a_ring(book: Book, saw: Any) -> None:
    kerf = saw.benchmarks[0]
    equal = kerf.model_copy(update={"imported": kerf.domestic})
    ring, core = shapes(benchmark_view(book, "wire-saw", equal).figure.drawings[0], "points", "circle")
    assert float(ring.get("r", "")) > float(core.get("r", ""))


def test_figure_of_one_side_keeps_bound_unit_and_note(book: Book, saw: Any) -> None:
    (spec,) = saw.specs
    figure = book.wording.figure(spec.value, spec.unit, spec.bound)
    assert (figure, spec.origin, spec.year) == ("etwa 200–260\u00a0h", "domestic", 2023)


# Cards of assessments.


def test_card_shows_every_edition_with_the_current_one_first(book: Book) -> None:
    found = card(book, "wire-saw", "kerf-loss")
    assert found and [shown.edition.id for shown in found.editions] == ["2024", "2021", "2018"]
    assert found.movement == "narrowed"


def test_card_names_an_edition_without_a_record(book: Book) -> None:
    found = card(book, "wire-guide", "supply")
    assert found and [bool(shown.standing) for shown in found.editions] == [True, False, False]


def test_there_is_no_card_without_a_record(book: Book) -> None:
    assert card(book, "wafer-sorter", "supply") is None


def test_unknown_level_has_no_grade_no_sum_and_says_what_is_missing(book: Book) -> None:
    now = card(book, "wire-saw", "precision").editions[0]  # type: ignore[index]
    assert (now.standing.grade, now.sum) == (None, None)
    assert now.assessment.would_settle
    assert {fact.sign for fact in now.facts} == {"near"}


def test_evidence_is_marked_for_and_against_and_with_what_limits_it(book: Book) -> None:
    now, _, then = card(book, "wire-saw", "kerf-loss").editions  # type: ignore[index]
    assert [(cited.fact.id, cited.sign) for cited in now.facts] == [
        ("ws-003", "for"),
        ("ws-004", "for"),
        ("ws-005", "against"),
    ]
    assert ["self" in fact.marks for fact in now.facts] == [False, False, True]
    assert not any(fact.is_stale for fact in then.facts), "a fact of its own time is not stale"
    looking_back = card(book, "wire-saw", "precision").editions[2].facts  # type: ignore[index]
    assert [fact.looks_back for fact in looking_back] == [True]


def test_every_fact_of_a_card_leads_to_its_source(book: Book) -> None:
    for owner, dimension, _ in book.landscape.cells:
        for edition in card(book, owner, dimension).editions:  # type: ignore[index]
            for fact in edition.facts:
                assert fact.source.URL or fact.source.note, fact.fact.id


def test_sum_shows_every_fact_once_and_which_publisher_counts_already(book: Book) -> None:
    now = card(book, "wire-saw", "kerf-loss").editions[0].sum  # type: ignore[index]
    weighed = [(row.fact, row.counts) for row in (*now.evidence, *now.counter_evidence)]
    assert weighed == [("ws-003", True), ("ws-004", False), ("ws-005", True)]
    assert now.publishers == 1


def test_standing_without_a_record_is_none(book: Book) -> None:
    assert graded_level(book, ("wafer-sorter", "supply", "2024")) is None


# Pages of classes.


def test_verdict_counts_the_known_dimensions(book: Book, saw: Any) -> None:
    view = class_verdict(book, saw)
    _, index = view.indices[0]
    assert (index.known, index.of) == (2, 4)
    assert [edition.id for edition, _ in view.rows] == ["2024", "2021", "2018"]
    assert book.wording.figure(saw.value_share.figure, "%") == "30–40\u00a0%"


def test_verdict_without_evidence_shows_no_index_now(book: Book, sorter: Any) -> None:
    view = class_verdict(book, sorter)
    assert view.indices[0][1].shown is None
    assert sorter.value_share is None


def test_dimensions_without_a_record_are_named(book: Book, sorter: Any) -> None:
    view = class_dimensions(book, sorter)
    assert [(question.id, [item.dimension.id for item in cards]) for question, cards in view.groups] == [
        ("cuts", []),
        ("there", ["uptime"]),
    ]
    assert [dimension.id for dimension in view.unrecorded] == ["kerf-loss", "precision", "supply"]


def test_makers_stand_by_side_and_those_for_own_use_apart(book: Book, guide: Any) -> None:
    groups = class_suppliers(book, guide)
    named = {party: [supplier.id for supplier, _ in makers] for party, makers in groups}
    assert named == {"domestic": ["elbe-guides"], "imported": [], "in-house": ["alpen-wire"]}


def test_component_inside_a_machine_shows_its_own_levels(book: Book, saw: Any) -> None:
    view = class_components(book, saw)
    (inside,) = view.inside
    assert [(cell.dimension.id, cell.standing.level.severity) for cell in inside.known] == [
        ("precision", 3),
        ("supply", 2),
    ]


def test_machine_and_component_say_that_an_import_can_hide(book: Book, saw: Any, guide: Any) -> None:
    machine, component = class_components(book, saw), class_components(book, guide)
    assert (machine.hidden, machine.inside[0].imports_lead, machine.inside[0].within) == (1, True, None)
    assert component.imports_lead
    assert class_components(book, book.landscape.equipment["wafer-sorter"]).hidden == 0


def test_component_names_the_machines_that_contain_it(book: Book, guide: Any) -> None:
    assert [item.equipment.id for item in class_components(book, guide).containers] == ["wire-saw"]


def test_priorities_of_a_class_are_in_order_of_rank(book: Book, saw: Any) -> None:
    view = class_priorities(book, saw)
    ranks = [item.rank for item in view]
    assert ranks == sorted(ranks)
    assert all("wire-saw" in item.priority.equipment for item in view)


def test_facts_and_figures_of_a_class_are_counted(book: Book, saw: Any) -> None:
    text = "{{ class_metrics(record) }}{{ class_facts(record) }}"
    page = Page("saege.md", "a test", text, 1, {"title": "S"}, record=saw)
    shown = "".join(Renderer(book).compose(page).slots)
    assert book.wording.word("metrics-figures", n=6) in shown
    assert f'<a href="evidence/wire-saw.html">{book.wording.word("class-facts-page", n=7)}</a>' in shown
    assert [cited.fact.id for cited in class_facts(book, saw)] == ["ws-006"]


# Pages of dimensions.


def test_summary_of_a_class_dimension_spreads_all_classes(book: Book) -> None:
    view = dimension_summary(book, book.landscape.dimensions["precision"])
    for _, bar in view.spreads:
        assert sum(part.count for _, part in bar) == len(book.landscape.equipment)


def test_summary_of_a_dimension_counts_the_facts_that_speak_of_it(book: Book) -> None:
    # Precision: wg-001 (twice), wg-002, ws-005 and ws-007. Both comparisons are of the cut.
    found = [dimension_summary(book, book.landscape.dimensions[name]) for name in ("precision", "kerf-loss")]
    assert found[0].facts == 4
    assert [view.compared for view in found] == [0, 2]


def test_industry_dimension_shows_the_card_of_the_industry_once(book: Book) -> None:
    dimension = book.landscape.dimensions["service-network"]
    assert dimension_summary(book, dimension).card
    assert dimension_levels(book, dimension).card is None


def test_levels_list_recorded_classes_and_name_the_others(book: Book) -> None:
    view = dimension_levels(book, book.landscape.dimensions["supply"])
    order = [name for name in book.landscape.equipment if name != "wafer-sorter"]
    assert [row.equipment.id for row in view.rows] == order
    assert [equipment.id for equipment in view.unrecorded] == ["wafer-sorter"]


def test_unknown_and_unrecorded_sort_below_every_level(book: Book) -> None:
    rows = dimension_levels(book, book.landscape.dimensions["precision"]).rows
    orders = {(row.equipment.id, at): order for row in rows for at, (_, order) in enumerate(row.cells)}
    assert orders["wire-saw", 0] == -2
    assert orders["wire-guide", 0] == 3
    supply = dimension_levels(book, book.landscape.dimensions["supply"]).rows
    assert {row.equipment.id: row.cells[1][1] for row in supply}["wire-guide"] == -3


def test_benchmarks_of_classes_are_listed_with_their_dimension(book: Book) -> None:
    view = dimension_levels(book, book.landscape.dimensions["kerf-loss"])
    assert [item.benchmark.id for item in view.measured_elsewhere] == ["saw-kerf-2018", "saw-wire-speed"]
    assert view.measured == []


def test_index_of_dimensions_counts_every_class(book: Book) -> None:
    view = dimension_index(book)
    assert [row.dimension.id for row in view.industry] == ["service-network", "standards"]
    assert [(question.id, [row.dimension.id for row in rows]) for question, rows in view.groups] == [
        ("cuts", ["kerf-loss", "precision"]),
        ("there", ["uptime", "supply"]),
    ]
    for row in (row for _, rows in view.groups for row in rows):
        assert row.tally.known + row.tally.unknown + row.tally.unrecorded == len(book.landscape.equipment)
