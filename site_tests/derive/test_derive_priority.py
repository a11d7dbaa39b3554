"""Criteria of priorities, scores and ranks."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.derive.acceptability import scaled_weights
from macros.derive.priority import Contribution, rank, rests_on_all_industries
from site_tests.support.small import (
    CRITERIA,
    NOW,
    assessment,
    assessments,
    fact,
    machine,
    priority,
    results,
    share,
    source,
)

LATHE = machine(
    "lathe",
    assessments(precision="clearly clearly", supply="dependent parity", core_components="slightly unknown"),
    components=("chuck",),
    value_share=share(10, 20),
)
CHUCK = machine("chuck", assessments(precision="unknown slightly", supply="dependent dependent"), kind="component")
PRESS = machine("press", assessments(precision="parity ahead"), components=("chuck",), value_share=share(40, 70))
SAW = machine("saw")
MACHINES = (LATHE, CHUCK, PRESS, SAW)
WHOLE = assessments(standards="clearly dependent")


def value(criterion: str, equipment: tuple[str, ...], dimensions: tuple[str, ...] = ("precision",), **changes):
    """Return one criterion of a priority that helps these classes in these dimensions."""
    derived = results(MACHINES, (priority("p", equipment, dimensions, **changes),), whole=WHOLE)
    return derived.criteria["p"][criterion]


def test_severity_is_the_mean_over_known_points_as_a_share_of_the_worst_level():
    assert value("severity", ("lathe",), ("precision", "supply")) == pytest.approx((1 / 3, 1 / 3))  # (2 + 0) / 2 of 3
    assert value("severity", ("lathe",), ("precision", "core-components")) == pytest.approx((2 / 3, 2 / 3))


def test_severity_counts_ahead_as_level():
    assert value("severity", ("lathe", "press")) == pytest.approx((1 / 3, 1 / 3))  # (2 + 0) / 2 of 3


def test_severity_takes_industry_dimensions_from_the_industry_once():
    assert value("severity", ("lathe", "press"), ("standards",)) == (1.0, 1.0)
    assert value("severity", ("lathe",), ("precision", "standards")) == pytest.approx(
        (5 / 6, 5 / 6)
    )  # (2 + 3) / 2 of 3


def test_severity_of_points_nobody_knows_is_unknown():
    assert value("severity", ("lathe",), ("core-components",)) is None
    assert value("severity", ("saw",)) is None


def _rests(*points: tuple[str, tuple[str, ...]]) -> bool:
    """Return whether a priority rests on facts about all industries alone; f-1 is about this one, f-2 and f-3 about all."""
    facts = (fact("f-1"), fact("f-2", scope="all-industries"), fact("f-3", scope="all-industries"))
    judged = tuple(assessment(d, NOW, "unknown" if d == "supply" else "clearly", cited) for d, cited in points)
    asked = priority("p", ("lathe",), ("precision", "core-components", "supply"))
    return rests_on_all_industries(asked, results((machine("lathe", judged),), (asked,), facts, (source(),)))


def test_priority_rests_on_facts_about_all_industries_where_no_other_carries_its_levels():
    assert _rests(("precision", ("f-2", "f-3")), ("core-components", ("f-3",)))
    assert not _rests(("precision", ("f-2", "f-1")), ("core-components", ("f-3",)))


def test_what_touches_an_unknown_level_carries_no_priority():
    assert _rests(("precision", ("f-2",)), ("supply", ("f-1",)))
    assert not _rests(("supply", ("f-2",)))


def test_stake_is_the_largest_published_share_and_full_at_half_the_investment():
    assert value("stake", ("lathe", "chuck")) == (0.2, 0.4)  # 10 % and 20 % of 50 %
    assert value("stake", ("lathe", "press")) == (0.8, 1.0)  # 40 % of 50 %; 70 % is more than full


def test_stake_is_unknown_without_a_published_share():
    assert value("stake", ("chuck", "saw")) is None


@pytest.mark.parametrize("order", [("wide", "narrow"), ("narrow", "wide")])
def test_stake_of_shares_with_one_midpoint_does_not_depend_on_their_order(order):
    machines = (machine("wide", value_share=share(10, 30)), machine("narrow", value_share=share(20, 20)))
    derived = results(machines, (priority("p", order, ("precision",)),))
    assert derived.criteria["p"]["stake"] == (0.2, 0.6)


def test_import_dependence_follows_components_into_their_machines():
    # Lathe: supply 0, core components unknown; chuck in it: supply 3. (0 + 3) / 2 of 3.
    assert value("import-dependence", ("lathe",)) == (0.5, 0.5)
    assert value("import-dependence", ("lathe", "chuck")) == (0.5, 0.5)  # the chuck counts once
    assert value("import-dependence", ("saw",)) is None


def test_reach_counts_classes_helped_and_those_that_contain_them_once():
    assert value("reach", ("lathe",)) == (0.25, 0.25)
    assert value("reach", ("chuck",)) == (0.75, 0.75)
    assert value("reach", ("chuck", "lathe")) == (0.75, 0.75)


def test_persistence_is_the_share_still_behind_of_what_was_behind():
    # Precision 2 to 2, supply 3 to 0, core components not known now.
    assert value("persistence", ("lathe",), ("precision", "supply", "core-components")) == (0.5, 0.5)


def test_persistence_leaves_out_what_was_level_or_unknown_at_the_baseline():
    assert value("persistence", ("press",)) is None
    assert value("persistence", ("chuck",)) is None
    assert value("persistence", ("lathe", "press", "chuck")) == (1.0, 1.0)


@pytest.mark.parametrize(("score", "expected"), [(1, 0.0), (2, 0.25), (3, 0.5), (5, 1.0)])
def test_feasibility_maps_one_to_five_to_zero_to_one(score, expected):
    assert value("feasibility", ("saw",), feasibility=score) == (expected, expected)


def test_nearness_is_that_of_the_horizon():
    assert value("nearness", ("saw",), horizon="near") == (1.0, 1.0)
    assert value("nearness", ("saw",), horizon="mid") == (0.5, 0.5)


def test_criteria_of_a_report_are_its_own_in_name_and_number():
    criteria = tuple(
        {"id": name, "name": "x", "measure": measure, "question": "x", "value_function": "x"}
        for name, measure in (("distance", "severity"), ("beauty", "rating"), ("charm", "rating"))
    )
    wish = priority("p", ("lathe",), ("precision",), ratings={"beauty": {"score": 4, "reason": "x"}})
    derived = results(MACHINES, (wish,), criteria=criteria)
    # Severity 2 of 3; a rating of 4 on 1 to 5; no rating by charm.
    assert derived.criteria["p"] == {"distance": pytest.approx((2 / 3, 2 / 3)), "beauty": (0.75, 0.75), "charm": None}
    # A rating is a judgement of ours, off by 0.1 in these tests.
    assert derived.uncertain_criteria["p"]["beauty"] == pytest.approx((0.65, 0.85))


def test_score_is_the_weighted_sum_and_weights_need_not_sum_to_one():
    # 0.5 x 3/4 + 1 x 1/4 = 0.625
    (found,) = rank({"p": {"a": (0.5, 0.5), "b": (1.0, 1.0)}}, {"a": 3, "b": 1})
    assert (found.low, found.score, found.high) == (0.625, 0.625, 0.625)
    assert found.contributions == (Contribution("a", (0.5, 0.5), 0.75), Contribution("b", (1.0, 1.0), 0.25))


def test_unknown_criterion_may_be_anything_and_is_expected_in_the_middle():
    (found,) = rank({"p": {"a": (0.5, 0.5), "b": None}}, {"a": 1, "b": 1})
    assert (found.low, found.score, found.high) == (0.25, 0.5, 0.75)
    assert found.contributions[1].value is None


def test_range_of_a_criterion_widens_the_score_by_its_weight():
    (found,) = rank({"p": {"a": (0.2, 0.6)}}, {"a": 1})
    assert (found.low, found.score, found.high) == pytest.approx((0.2, 0.4, 0.6))


def test_equal_scores_share_a_rank_and_the_next_rank_is_left_out():
    scores = {"d": 0.3, "b": 0.5, "a": 0.3, "c": 0.1 + 0.2}
    found = rank({name: {"x": (score, score)} for name, score in scores.items()}, {"x": 1})
    assert [(item.rank, item.priority) for item in found] == [(1, "b"), (2, "a"), (2, "c"), (2, "d")]
    more = rank({name: {"x": (score, score)} for name, score in {**scores, "e": 0.0}.items()}, {"x": 1})
    assert (more[-1].rank, more[-1].priority) == (5, "e")


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(ValueError, match="all weights are zero"):
        scaled_weights({"a": 0, "b": 0})


units = st.floats(0, 1)
intervals = st.none() | st.tuples(units, units).map(lambda pair: (min(pair), max(pair)))
tables = st.dictionaries(st.sampled_from("pqrst"), st.fixed_dictionaries({"a": intervals, "b": intervals}), min_size=1)


@given(tables, st.integers(0, 5), st.integers(1, 5))
def test_scores_lie_between_zero_and_one_and_are_the_sum_of_contributions(criteria, a, b):
    for item in rank(criteria, {"a": a, "b": b}):
        assert -1e-9 <= item.low <= item.score <= item.high <= 1 + 1e-9
        assert item.score == pytest.approx(sum(part.middle for part in item.contributions))


@given(tables, st.randoms())
def test_ranking_does_not_depend_on_order(criteria, random):
    shuffled = dict(random.sample(list(criteria.items()), len(criteria)))
    assert rank(shuffled, {"b": 1, "a": 2}) == rank(criteria, {"a": 2, "b": 1})


def test_results_do_not_depend_on_the_order_of_records():
    wishes = (
        priority("one", ("lathe", "press"), ("precision", "supply")),
        priority("two", ("chuck",), ("supply", "standards"), feasibility=5),
        priority("three", ("saw",), ("precision",), horizon="mid"),
    )
    expected = results(MACHINES, wishes, whole=WHOLE)
    random = Random(1)
    for _ in range(5):
        turned = tuple(
            wish.model_copy(update={"equipment": wish.equipment[::-1], "dimensions": wish.dimensions[::-1]})
            for wish in wishes
        )
        derived = results(tuple(random.sample(MACHINES, 4)), tuple(random.sample(turned, 3)), whole=WHOLE[::-1])
        assert derived.criteria == expected.criteria
        assert derived.ranking == expected.ranking


def test_each_preset_ranks_every_priority_by_every_criterion():
    derived = results(
        MACHINES,
        (priority("one", ("lathe",), ("precision",)), priority("two", ("chuck",), ("precision",))),
        whole=WHOLE,
    )
    assert set(derived.ranking) == {"even", "reach"}
    assert [item.priority for item in derived.ranking["reach"]] == ["two", "one"]  # reach 0.75 against 0.25
    for found in derived.ranking.values():
        assert {item.priority for item in found} == {"one", "two"}
        assert all(tuple(part.criterion for part in item.contributions) == CRITERIA for item in found)
