"""Gap index, movement between editions, measured gap of a benchmark."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive.gap import GAINS, LOSSES, GapIndex, gap_index, measured_gap, movement
from macros.derive.tally import movement_base
from site_tests.support.small import NOW, THEN, assessments, benchmark, machine, results

SEVERITIES = (-1, 0, 1, 2, 3, None)


def test_index_is_the_weighted_mean_over_what_is_known():
    # (3 x 2 + 0 x 1 + -1 x 1) / 4 = 1.25; known weight 4 of 8, points 3 of 4.
    found = gap_index([(3, 2), (0, 1), (-1, 1), (None, 4)], coverage_minimum=0.5)
    assert found == GapIndex(value=1.25, coverage=0.5, known=3, of=4, is_shown=True)


def test_index_of_level_machines_is_zero_and_not_missing():
    assert gap_index([(0, 1), (0, 1)], coverage_minimum=1) == GapIndex(0.0, 1.0, 2, 2, True)


@pytest.mark.parametrize("pairs", [[], [(None, 1), (None, 2)], [(2, 0)]], ids=["nothing", "all unknown", "no weight"])
def test_index_without_known_weight_has_no_value_and_is_not_shown(pairs):
    found = gap_index(pairs, coverage_minimum=0)
    assert (found.value, found.coverage, found.is_shown) == (None, 0.0, False)


def test_index_is_shown_when_coverage_meets_the_minimum_exactly():
    assert gap_index([(1, 1)] * 3 + [(None, 1)] * 7, coverage_minimum=0.3).is_shown
    assert not gap_index([(1, 1)] * 3 + [(None, 1)] * 7, coverage_minimum=0.31).is_shown


def test_coverage_is_exact_where_decimal_weights_are_not_binary():
    # 0.1 + 0.7 of 1.0 is 0.8; in floats 0.7999999999999999.
    pairs = [(1, 0.1), (1, 0.7), (None, 0.2)]
    assert gap_index(pairs, coverage_minimum=0.8).is_shown
    assert gap_index(pairs, coverage_minimum=0.8).coverage == 0.8


pairs_of_index = st.lists(st.tuples(st.sampled_from(SEVERITIES), st.sampled_from([0, 0.1, 0.7, 1, 2.5])), max_size=9)


@given(pairs_of_index, st.randoms())
def test_index_does_not_depend_on_order(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert gap_index(shuffled, 0.3) == gap_index(pairs, 0.3)


@given(pairs_of_index)
def test_index_lies_between_the_best_and_the_worst_known_severity(pairs):
    found = gap_index(pairs, 0)
    known = [severity for severity, weight in pairs if severity is not None and weight]
    assert 0 <= found.coverage <= 1
    assert found.value is None if not known else min(known) <= found.value <= max(known)


@given(pairs_of_index, st.sampled_from([2, 10, 0.5]))
def test_index_depends_on_proportions_of_weights_only(pairs, factor):
    larger = [(severity, float(Fraction(str(weight)) * Fraction(str(factor)))) for severity, weight in pairs]
    assert gap_index(larger, 0.3) == gap_index(pairs, 0.3)


# Rows: before; columns: now, in the order of SEVERITIES. c closed, n narrowed, = unchanged, w widened, r reversed,
# l lead-lost, o overtaken.
MOVEMENTS = """
    =  l  o  o  o  gone
    r  =  o  o  o  gone
    r  c  =  w  w  gone
    r  c  n  =  w  gone
    r  c  n  n  =  gone
    new new new new new unknown
"""
WORDS = {
    "=": "unchanged",
    "c": "closed",
    "n": "narrowed",
    "w": "widened",
    "r": "reversed",
    "l": "lead-lost",
    "o": "overtaken",
    "gone": "no-longer-known",
    "new": "newly-known",
}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (before, now, WORDS.get(word, word))
        for before, row in zip(SEVERITIES, MOVEMENTS.strip().splitlines(), strict=True)
        for now, word in zip(SEVERITIES, row.split(), strict=True)
    ],
)
def test_movement_for_every_pair_of_severities(before, now, expected):
    assert movement(before, now) == expected


def test_a_lead_widens_and_narrows_as_a_gap_does():
    assert (movement(-1, -2), movement(-2, -1)) == ("lead-widened", "lead-narrowed")


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_whether_a_side_gained_follows_from_the_severities_alone(before, now):
    found = movement(before, now)
    assert (found in GAINS, found in LOSSES) == (now < before, now > before)


@pytest.mark.parametrize(
    ("domestic", "imported", "better", "expected"),
    [
        (60, 80, "higher", (0.75, 0.75)),
        (60, 80, "lower", (80 / 60, 80 / 60)),
        (80, 80, "lower", (1, 1)),
        ((60, 80), 100, "higher", (0.6, 0.8)),
        (100, (50, 200), "higher", (0.5, 2)),  # least against the best import, most against the worst
        ((2, 4), (1, 8), "lower", (0.25, 4)),  # 1/4 and 8/2
        (0, 5, "higher", (0, 0)),
        (5, 0, "higher", (inf, inf)),
        (0, 5, "lower", (inf, inf)),
        (5, (0, 10), "higher", (0.5, inf)),
        (0, 0, "higher", (1, 1)),
        (0, 0, "lower", (1, 1)),
    ],
)
def test_measured_gap_is_above_one_where_domestic_is_better(domestic, imported, better, expected):
    assert measured_gap(benchmark(domestic, imported, better)) == expected


ranges = st.tuples(st.integers(1, 1000), st.integers(0, 1000)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(ranges, ranges, st.sampled_from(["higher", "lower"]))
def test_measured_gap_is_a_range_that_turns_over_when_the_sides_are_swapped(domestic, imported, better):
    low, high = measured_gap(benchmark(domestic, imported, better))
    swapped_low, swapped_high = measured_gap(benchmark(imported, domestic, better))
    assert low <= high
    assert swapped_low == pytest.approx(1 / high)
    assert swapped_high == pytest.approx(1 / low)


LATHE = machine(
    "lathe", assessments(precision="clearly slightly", supply="dependent unknown", core_components="- parity")
)
PRESS = machine("press", assessments(precision="parity ahead"))


def test_class_index_takes_absent_and_unknown_alike():
    derived = results((LATHE, PRESS))
    # Then: (2 + 3) / 2 over two of three; now: (1 + 0) / 2, supply unknown.
    assert derived.class_index["lathe", THEN] == GapIndex(2.5, 2 / 3, 2, 3, True)
    assert derived.class_index["lathe", NOW] == GapIndex(0.5, 2 / 3, 2, 3, True)
    assert derived.class_index["press", NOW] == GapIndex(-1.0, 1 / 3, 1, 3, False)


def test_dimension_index_weighs_each_class_alike():
    derived = results((LATHE, PRESS))
    assert derived.dimension_index["precision", THEN] == GapIndex(1.0, 1.0, 2, 2, True)
    assert derived.dimension_index["precision", NOW] == GapIndex(0.0, 1.0, 2, 2, True)
    assert derived.dimension_index["supply", NOW] == GapIndex(None, 0.0, 0, 2, False)


def test_movement_is_recorded_where_either_edition_is():
    assert results((LATHE, PRESS)).movement == {
        ("lathe", "core-components"): "newly-known",
        ("lathe", "precision"): "narrowed",
        ("lathe", "supply"): "no-longer-known",
        ("press", "precision"): "reversed",
    }


def test_results_do_not_depend_on_the_order_of_files():
    one, other = results((LATHE, PRESS)), results((PRESS, LATHE))
    assert one.class_index == other.class_index
    assert one.dimension_index == other.dimension_index
    assert list(one.movement.items()) == list(other.movement.items())


def test_what_a_statement_on_movement_is_read_against():
    # Known at the baseline: 5 points of classes. Not known now: supply of the saw and precision of the press.
    # Level or ahead then: supply of both, precision of the press. The industry and what became known count nowhere.
    saw = machine("saw", assessments(precision="clearly slightly", supply="parity unknown"))
    press = machine(
        "press", assessments(precision="ahead -", supply="parity clearly", core_components="slightly slightly")
    )
    lathe = machine("lathe", assessments(precision="unknown parity"))
    land = results((saw, press, lathe), whole=assessments(standards="ahead ahead"))
    found = movement_base(land, ("precision", "supply", "core-components"))
    assert (found.known, found.lost, found.led) == (5, 2, 3)
    # Of one dimension alone: known were those of saw and press; that of the press, ahead then, is lost.
    of_one = movement_base(land, ("precision",))
    assert (of_one.known, of_one.lost, of_one.led) == (2, 1, 1)
