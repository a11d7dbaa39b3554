"""How far criteria may be off, by the confidence of the judgements behind them."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive.uncertainty import half_width, half_width_of_mean, widened_interval
from site_tests.support.small import NOW, THEN, assessment, assessments, fact, machine, priority, results, share, source

# Three sources of reliability A: one alone gives low confidence, two medium, three high.
SOURCES = tuple(source(f"s-{at}", reliability="A", issued=None) for at in (1, 2, 3))
FACTS = tuple(
    fact(f"f-{edition}{at}", source=f"s-{at}", year=year)
    for edition, year in ((THEN, 2019), (NOW, 2026))
    for at in (1, 2, 3)
)
GRADES = {"low": 1, "medium": 2, "high": 3}


def judged(dimension: str, edition: str, level: str, grade: str):
    """Return an assessment whose facts give it this confidence."""
    return assessment(dimension, edition, level, tuple(f"f-{edition}{at}" for at in range(1, GRADES[grade] + 1)))


def derived(machines, *wishes, **changes):
    return results(machines, wishes, facts=FACTS, sources=SOURCES, **changes)


def test_interval_is_widened_on_both_sides_and_clipped():
    assert widened_interval((0.4, 0.5), 0.1) == pytest.approx((0.3, 0.6))
    assert widened_interval((0.1, 0.9), 0.3) == (0.0, 1.0)
    assert widened_interval((0.4, 0.5), 0) == (0.4, 0.5)


def test_unknown_stays_unknown_however_wide():
    assert widened_interval(None, 0.3) is None


def test_errors_of_separate_judgements_add_as_squares():
    assert half_width_of_mean([0.3], 0.5) == pytest.approx(0.3)
    assert half_width_of_mean([0.3, 0.4], 0.5) == pytest.approx(0.25)  # root(0.09 + 0.16) / 2
    assert half_width_of_mean([0.3] * 9, 0.5) == pytest.approx(0.1)


def test_unknown_points_count_as_what_a_sample_leaves_open():
    # Certain of 1 of 2: root((1 - 1/2) x 0.25 / 1); certain of 4 of 16: root((1 - 4/16) x 0.25 / 4).
    assert half_width_of_mean([0, None], 0.5) == pytest.approx(sqrt(0.125))
    assert half_width_of_mean([0] * 4 + [None] * 12, 0.5) == pytest.approx(sqrt(0.046875))
    assert half_width_of_mean([0.3, None], 0.5) == pytest.approx(sqrt(0.09 + 0.125))


def test_nothing_known_adds_nothing_as_the_criterion_may_be_anything_already():
    assert half_width_of_mean([], 0.5) == half_width_of_mean([None, None], 0.5) == 0


@given(st.lists(st.sampled_from([0.05, 0.15, 0.3]), min_size=1, max_size=9), st.integers(0, 9))
def test_knowing_less_never_narrows(known, unknown):
    assert half_width_of_mean([*known, *[None] * unknown], 0.5) <= half_width_of_mean(
        [*known, *[None] * (unknown + 1)], 0.5
    )


def test_point_is_as_uncertain_as_its_least_confident_assessment():
    lathe = machine(
        "lathe", (judged("precision", THEN, "clearly", "medium"), judged("precision", NOW, "slightly", "high"))
    )
    found = derived((lathe,))
    assert half_width(("lathe", "precision"), (NOW,), found) == 0.05
    assert half_width(("lathe", "precision"), (THEN, NOW), found) == 0.15


def test_point_not_known_or_not_assessed_at_an_edition_has_no_spread():
    found = derived((machine("lathe", assessments(precision="clearly unknown")),))
    assert half_width(("lathe", "precision"), (THEN, NOW), found) is None
    assert half_width(("lathe", "supply"), (NOW,), found) is None


LATHE = machine(
    "lathe",
    (
        judged("precision", THEN, "clearly", "medium"),
        judged("precision", NOW, "clearly", "high"),
        judged("supply", NOW, "slightly", "medium"),
        judged("core-components", NOW, "slightly", "medium"),
    ),
    value_share=share(10, 20),
)


def test_every_criterion_has_its_own_uncertainty():
    found = derived((LATHE, machine("saw")), priority("p", ("lathe",), ("precision",))).uncertain_criteria["p"]
    assert found["severity"] == pytest.approx((2 / 3 - 0.05, 2 / 3 + 0.05))
    half = sqrt(0.15**2 + 0.15**2) / 2
    assert found["import-dependence"] == pytest.approx((1 / 3 - half, 1 / 3 + half))
    assert found["persistence"] == (0.85, 1.0)
    assert found["stake"] == (0.2, 0.4)
    assert found["feasibility"] == (0.4, 0.6)
    assert found["reach"] == (0.5, 0.5)
    assert found["nearness"] == (1.0, 1.0)


def test_unknown_criteria_stay_unknown():
    found = derived((LATHE, machine("saw")), priority("p", ("saw",), ("precision",))).uncertain_criteria["p"]
    assert [name for name, value in found.items() if value is None] == [
        "severity",
        "stake",
        "import-dependence",
        "persistence",
    ]


def test_persistence_leaves_out_points_that_were_level_and_keeps_those_nobody_knew():
    level = machine("level", assessments(precision="parity slightly"))
    new = machine("new", assessments(precision="unknown slightly"))
    alone, beside_level, beside_new = (
        derived((LATHE, level, new), priority("p", names, ("precision",))).uncertain_criteria["p"]["persistence"]
        for names in (("lathe",), ("lathe", "level"), ("lathe", "new"))
    )
    assert alone == beside_level == (0.85, 1.0)
    assert beside_new == pytest.approx((1 - sqrt(0.15**2 + 0.125), 1.0))


def test_uncertain_values_contain_the_values_ranked_by():
    found = derived((LATHE, machine("saw")), priority("p", ("lathe", "saw"), ("precision", "supply")))
    for name, value in found.criteria["p"].items():
        low, high = found.uncertain_criteria["p"][name]
        assert 0 <= low <= value[0] <= value[1] <= high <= 1
