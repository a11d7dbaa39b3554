"""Confidence of an assessment from the facts it cites: reliability x confidence of the fact x recency, publishers once."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive.confidence import Weighed, confidence, count_once, recency, weigh
from site_tests.support.small import NOW, THEN, assessment, fact, machine, method, results, source

METHOD = method()
WEIGHTS = {"A": Fraction(1), "B": Fraction(7, 10), "C": Fraction(2, 5), "D": Fraction(3, 20)}
GRADES = ("low", "medium", "high")


def cited(*grades: str, publisher: str = "p") -> list[Weighed]:
    """Return recent, sure facts of sources of these reliabilities, each of a publisher of its own."""
    return [
        Weighed(f"f-{publisher}{at}", f"{publisher}-{at}", WEIGHTS[grade], Fraction(1), Fraction(1))
        for at, grade in enumerate(grades)
    ]


def grade(evidence: list[Weighed], against: list[Weighed] = []) -> str:  # noqa: B006 - never changed
    return confidence(evidence, against, METHOD).grade


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(0, "1"), (3, "1"), (4, "0.7"), (6, "0.7"), (7, "0.4"), (100, "0.4"), (None, "0.4")],
)
def test_recency_falls_after_three_and_after_six_years_and_undated_counts_as_old(distance, expected):
    assert recency(distance, METHOD) == Fraction(expected)


def test_fact_weighs_the_product_of_its_three_factors():
    # B 0.7 x medium 0.7 x five years 0.7 = 0.343
    found = weigh(fact(confidence="medium"), source(reliability="B"), 2021, 2026, METHOD)
    assert (found.weight, found.is_self) == (Fraction(343, 1000), False)


def test_fact_later_than_the_edition_ages_as_one_before_it():
    assert (
        weigh(fact(), source(), 2023, 2019, METHOD).recency
        == weigh(fact(), source(), 2015, 2019, METHOD).recency
        == Fraction(7, 10)
    )


@pytest.mark.parametrize("reliability", ["A", "B", "C", "D"])
def test_company_on_itself_counts_as_d_whatever_its_reliability(reliability):
    found = weigh(fact(), source(kind="company", reliability=reliability), 2026, 2026, METHOD)
    assert (found.weight, found.is_self) == (Fraction(3, 20), True)


def test_company_on_itself_never_gains_by_the_rule():
    found = weigh(fact(), source(kind="company", reliability="D"), 2026, 2026, method(self_reliability="B"))
    assert found.reliability == Fraction(3, 20)


def test_publisher_counts_once_at_its_best_and_however_it_is_spelt():
    best = Weighed("f-2", "Gasgoo", WEIGHTS["B"], Fraction(1), Fraction(1))
    others = [
        Weighed("f-1", "GASGOO", WEIGHTS["C"], Fraction(1), Fraction(1)),
        Weighed("f-3", "gasgoo", WEIGHTS["B"], Fraction(7, 10), Fraction(1)),
    ]
    found = confidence([others[0], best, others[1]], [], METHOD)
    assert (found.support, found.publishers) == (Fraction(7, 10), 1)
    assert [(item.fact, item.counts) for item in found.evidence] == [("f-2", True), ("f-3", False), ("f-1", False)]


def test_of_equal_facts_of_a_publisher_the_first_by_id_counts():
    same = [Weighed(name, "p", WEIGHTS["B"], Fraction(1), Fraction(1)) for name in ("f-9", "f-10", "f-2")]
    assert [item.fact for item in count_once(same) if item.counts] == ["f-10"]


def general(*grades: str) -> list[Weighed]:
    return [replace(item, is_general=True) for item in cited(*grades, publisher="g")]


def test_facts_about_all_industries_lift_no_level_above_low():
    found = confidence(general("A", "A", "A"), [], METHOD)
    assert (found.grade, found.support, found.publishers) == ("low", 0, 0)
    assert [item.counts for item in found.evidence] == [False, False, False]


def test_fact_about_all_industries_adds_nothing_to_those_of_this_one():
    # A 1 + D 0.15 of two publishers are medium; without the second publisher they would not be.
    assert grade(cited("A", "D")) == "medium"
    assert grade(cited("A") + general("A", "A")) == "low"


def test_fact_about_all_industries_does_not_hide_that_of_its_publisher():
    own, other = Weighed("f-1", "p", WEIGHTS["D"], Fraction(1), Fraction(1)), replace(cited("A")[0], publisher="p")
    found = confidence([replace(other, is_general=True), own], [], METHOD)
    assert (found.support, found.publishers) == (Fraction(3, 20), 1)


def test_fact_about_all_industries_speaks_against_a_level():
    # Support 1.4 of two publishers bears 0.93 against it, not 1.
    assert grade(cited("B", "B")) == "medium"
    assert grade(cited("B", "B"), general("A")) == "low"


def test_scope_of_a_fact_says_whether_it_is_about_all_industries():
    facts = [fact(), fact(scope="all-industries")]
    assert [weigh(f, source(), 2026, 2026, METHOD).is_general for f in facts] == [False, True]


def test_no_evidence_is_low():
    found = confidence([], [], METHOD)
    assert (found.grade, found.support, found.counter, found.publishers) == ("low", 0, 0, 0)


def test_high_needs_support_of_two_met_exactly():
    # 1 + 0.7 + 0.15 + 0.15 = 2; in floats 1.9999999999999998.
    assert grade(cited("A", "B", "D", "D")) == "high"
    assert grade(cited("A", "B", "D")) == "medium"  # 1.85


def test_high_needs_three_publishers():
    assert grade(cited("A", "A")) == "medium"
    assert grade(cited("A", "A", "D")) == "high"


def test_medium_needs_support_of_one_met_exactly_and_two_publishers():
    assert grade(cited("B", "D", "D")) == "medium"  # 0.7 + 0.15 + 0.15 = 1
    assert grade(cited("B", "D")) == "low"  # 0.85
    assert grade(cited("A")) == "low"  # 1.0, one publisher


def test_high_bears_counter_support_of_a_third_exactly():
    # Support 2.1, counter 0.7 = 2.1 / 3; in floats 0.7 x 3 / 3 is less than 0.7.
    assert grade(cited("B", "B", "B"), cited("B", publisher="q")) == "high"
    assert grade(cited("B", "B", "B"), cited("B", "D", publisher="q")) == "medium"


def test_medium_bears_counter_support_of_two_thirds_exactly():
    # Support 2.1, counter 1.4 = 2 x 2.1 / 3.
    assert grade(cited("B", "B", "B"), cited("B", "B", publisher="q")) == "medium"
    assert grade(cited("B", "B", "B"), cited("B", "B", "D", publisher="q")) == "low"


def test_publisher_on_both_sides_counts_on_both():
    found = confidence(cited("B"), cited("B"), METHOD)
    assert (found.support, found.counter) == (Fraction(7, 10), Fraction(7, 10))


weighed = st.builds(
    Weighed,
    fact=st.from_regex(r"f-[0-9]{1,3}", fullmatch=True),
    publisher=st.sampled_from(["a", "A", "b", "c", "d"]),
    reliability=st.sampled_from(list(WEIGHTS.values())),
    fact_confidence=st.sampled_from([Fraction(1), Fraction(7, 10)]),
    recency=st.sampled_from([Fraction(1), Fraction(2, 5)]),
)
lists = st.lists(weighed, max_size=7, unique_by=lambda item: item.fact)


@given(lists, lists, st.randoms())
def test_confidence_does_not_depend_on_the_order_of_facts(evidence, against, random):
    shuffled = confidence(random.sample(evidence, len(evidence)), random.sample(against, len(against)), METHOD)
    assert shuffled == confidence(evidence, against, METHOD)


@given(lists, lists, weighed)
def test_another_fact_in_support_never_lowers_the_grade_and_one_against_never_raises_it(evidence, against, more):
    now = GRADES.index(grade(evidence, against))
    assert GRADES.index(grade([*evidence, more], against)) >= now
    assert GRADES.index(grade(evidence, [*against, more])) <= now


@given(lists)
def test_sum_shown_is_the_sum_of_what_counts(evidence):
    found = confidence(evidence, [], METHOD)
    assert found.support == sum(item.weight for item in found.evidence if item.counts)
    assert found.publishers == len({item.publisher.casefold() for item in evidence})
    assert len(found.evidence) == len(evidence)


def test_same_facts_weigh_less_at_an_edition_further_away():
    judged = tuple(assessment("precision", edition, "slightly", ("f-1", "f-2")) for edition in (THEN, NOW))
    facts = (fact("f-1", source="s-1"), fact("f-2", source="s-2"))
    sources = (source("s-1", reliability="A", issued="2018"), source("s-2", issued="2019"))
    derived = results((machine("lathe", judged),), facts=facts, sources=sources)
    # At 2019: 1 + 0.7 = 1.7, two publishers. At 2026, 8 and 7 years on: 0.4 + 0.28 = 0.68.
    then, now = (derived.confidence["lathe", "precision", edition] for edition in (THEN, NOW))
    assert (then.grade, then.support) == ("medium", Fraction(17, 10))
    assert (now.grade, now.support) == ("low", Fraction(68, 100))
