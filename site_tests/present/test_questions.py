"""Answers by question: what is known of each, on what basis and how surely; and the facts that open the page of a class."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from macros.derive.brief import strongest, weight
from macros.derive.gap import GapIndex
from macros.derive.questions import answer, furthest_behind
from macros.present.book import Book
from macros.present.equipment import class_brief
from macros.present.inline import grounded
from macros.present.landscape import process_chain
from macros.present.questions import answers, class_answers
from macros.present.references import weak_ground
from macros.present.summary import certainty_summary, findings
from macros.render.site import open_site
from site_tests.support.small import NOW, assessments, fact, machine, results, source


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


def test_answer_counts_the_points_of_its_question_alone():
    # Asked: supply and core components of two machines. Known: three, with severities 0, 2 and -1; two level or ahead.
    saw = machine("saw", assessments(precision="clearly clearly", supply="- parity", core_components="- clearly"))
    press = machine("press", assessments(supply="- ahead", core_components="- unknown"))
    found = results((saw, press))
    _, bought = found.landscape.questions
    total = answer(found, bought, NOW)
    assert total.index == GapIndex(value=1 / 3, coverage=0.75, known=3, of=4, is_shown=True)
    assert (total.led, total.grades, total.grade) == (2, {"high": 0, "medium": 0, "low": 3}, "low")
    assert total.levels == {"parity": 1, "clearly": 1, "ahead": 1, "unknown": 1}
    one = answer(found, bought, NOW, ("saw",))
    assert (one.index.known, one.index.of, one.index.value, one.led) == (2, 2, 1.0, 1)


def test_answer_of_which_nothing_is_known_has_no_value_and_no_grade():
    found = results((machine("saw", assessments(supply="- unknown")),))
    works, bought = found.landscape.questions
    assert [answer(found, question, NOW).grade for question in (works, bought)] == [None, None]
    assert answer(found, works, NOW).levels == {}
    assert answer(found, bought, NOW).levels == {"unknown": 1}


def test_all_that_is_furthest_behind_is_named_and_nothing_that_is_level():
    saw = machine("saw", assessments(precision="- clearly", supply="- parity"))
    press = machine("press", assessments(precision="- clearly", supply="- ahead", core_components="- slightly"))
    found = results((saw, press))
    points = {
        dimension: [(owner, dimension, NOW) for owner in ("saw", "press")] for dimension in ("precision", "supply")
    }
    slight = ("press", "core-components", NOW)
    assert furthest_behind(found, [*points["supply"], slight, *points["precision"]]) == points["precision"]
    assert furthest_behind(found, [*points["supply"], slight]) == [slight]
    assert furthest_behind(found, points["supply"]) == furthest_behind(found, []) == []


def test_another_industry_asks_its_own_questions(book: Book) -> None:
    view = answers(book)
    assert [item.part.question.name for item in view] == [
        "Schneidet sie gut?",
        "Ist sie da, wenn man sie braucht?",
    ]
    # Three classes, of each question two dimensions. Now known: cut of the saw; uptime of none; precision of the guide,
    # supply of saw and guide.
    assert [(item.part.gap_index.known, item.part.gap_index.of) for item in view] == [(2, 6), (2, 6)]
    assert all(sum(part.count for _, part in item.bars) == 6 for item in view)


def test_class_answers_every_question_in_words_where_nothing_is_known_too(book: Book) -> None:
    sorter = class_answers(book, book.landscape.equipment["wafer-sorter"])
    assert [(item.gap_index.known, item.gap_index.of, item.is_recorded) for item in sorter] == [
        (0, 2, False),
        (0, 2, True),
    ]
    saw = class_answers(book, book.landscape.equipment["wire-saw"])
    assert [[cell.dimension.id for cell in item.cells] for item in saw] == [["kerf-loss"], ["supply"]]


def test_no_sum_over_questions_stands_without_its_parts(book: Book) -> None:
    questions = [question.id for question in book.landscape.questions]
    for stage in process_chain(book):
        for item in stage.classes:
            assert [part.question.id for part in item.parts] == questions
    assert [question.id for question, _ in certainty_summary(book).rows] == questions
    said = [finding.text for finding in findings(book)[: len(questions)]]
    # The wire guide depends on imports in precision and is far behind in supply; the saw is not as far behind in either.
    assert said == [
        "Schneidet sie gut? Eingestuft als auf Importe angewiesen: Drahtführungsrolle.",
        "Ist sie da, wenn man sie braucht? Eingestuft als weit zurück: Drahtführungsrolle.",
    ]


# In brief.


def strong(*facts: dict, **more: object) -> list[tuple[str, ...]]:
    """Return the facts that open the page of a machine that cites all of them, each of a publisher of its own unless said."""
    made = [
        fact(f"f-{at}", **{"value": 1, "unit": "%", "metric": "x", "source": f"s-{at}", **one})
        for at, one in enumerate(facts, 1)
    ]
    sources = [source(f"s-{at}", **more) for at in range(1, len(facts) + 1)]
    ids = tuple(one.id for one in made)
    owner = machine("saw", evidence=ids)
    found = results((owner,), facts=tuple(made), sources=tuple(sources))
    return [item.facts for item in strongest(found, owner)]


def test_brief_has_the_facts_that_weigh_most_first():
    # All of B (0.7) and of the edition's year: confidence alone differs, 0.4, 1 and 0.7.
    order = strong({"confidence": "low"}, {"confidence": "high"}, {"confidence": "medium"})
    assert order == [("f-2",), ("f-3",), ("f-1",)]


def test_brief_leaves_out_what_has_no_figure():
    assert strong({"value": "mostly by hand", "unit": None}, {"value": None, "unit": None}, {}) == [("f-3",)]


def test_brief_leaves_out_what_is_not_of_the_machine():
    assert strong({"topic": "company"}, {}) == [("f-2",)]


def test_brief_has_a_publisher_once_unless_too_few_are_left():
    assert strong(*[{}] * 7) == [("f-1",), ("f-2",), ("f-3",), ("f-4",), ("f-5",)]
    assert strong(*[{}] * 7, publisher="one") == [("f-1",), ("f-2",), ("f-3",)]


def test_fact_about_all_industries_weighs_nothing_and_comes_last():
    assert strong({"scope": "all-industries"}, {"confidence": "low"}) == [("f-2",), ("f-1",)]
    facts = (fact("f-1", scope="all-industries"), fact("f-2", confidence="medium"))
    found = results(facts=facts, sources=(source(),))
    # B 0.7, medium 0.7, of the year of the edition 1.
    assert [weight(found, name) for name in ("f-1", "f-2")] == [0, Fraction(49, 100)]


def test_brief_sets_the_domestic_side_beside_the_imported_one(book: Book) -> None:
    rows = class_brief(book, book.landscape.equipment["wire-saw"])
    compared = [row.compared for row in rows if row.compared]
    assert compared
    assert all([side.origin for side in item.sides] == ["domestic", "imported"] for item in compared)


# Weak ground.


def test_what_makes_the_ground_of_a_fact_weak_is_told():
    share = {"measure": "not-stated", "counted_by": "headquarters"}
    facts = (
        fact("f-1"),
        fact("f-2", scope="all-industries", share=share),
        fact("f-3", source="s-2", share={**share, "measure": "value"}),
    )
    sources = (source("s-1"), source("s-2", kind="company", lost="2026-05-01"))
    land = results(facts=facts, sources=sources).landscape
    assert [weak_ground(land, one) for one in facts] == [[], ["general", "unmeasured"], ["self", "lost"]]


def test_figure_of_a_sentence_carries_its_confidence(book: Book) -> None:
    found = grounded(book, "ws-001")
    # Of a paper, which says it surely.
    assert (found.figure.name, found.grade, found.reliability, found.marks) == ("ws-001", "high", "A", [])
