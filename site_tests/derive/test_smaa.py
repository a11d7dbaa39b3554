"""SMAA-2 against cases solved by hand, against a slow computation of another kind, and against itself."""

import random
import subprocess
import sys
from math import sqrt
from statistics import pstdev

import pytest

from macros.derive.acceptability import Acceptability
from macros.derive.ranks import acceptability, standing
from macros.derive.results import ANY
from macros.derive.smaa import smaa
from site_tests.support.small import assessments, machine, priority, ranking, results

DRAWS = 10_000
A_OR_B = {"a": {"x": (1, 1), "y": (0, 0)}, "b": {"x": (0, 0), "y": (1, 1)}}


def run(criteria, weights=None, top=1, **changes) -> Acceptability:
    return smaa(criteria, {"one": weights}, ranking(**changes), top)["one"]


def near(share: float, draws: int = DRAWS, errors: float = 4):
    """Return what equals the share within standard errors of a binomial share, and the rounding to three digits."""
    return pytest.approx(share, abs=errors * sqrt(share * (1 - share) / draws) + 0.0005)


def test_two_opposites_win_half_of_all_weights_each():
    # a is first where the weight of x is above 1/2. It is uniform on 0-1, so its mean there is 3/4.
    found = run(A_OR_B)
    assert found.rank_acceptability["a"] == (near(0.5), near(0.5))
    assert found.expected_rank == {"a": 1.5, "b": 1.5}
    assert found.central_weights == {"a": {"x": 0.75, "y": 0.25}, "b": {"x": 0.25, "y": 0.75}}


def test_weaker_of_two_needs_more_weight_to_win():
    # a 1 on x, b 1/2 on y: a is first where x weighs above 1/3; mean weights of x there 2/3, below it 1/6.
    found = run({"a": {"x": (1, 1), "y": (0, 0)}, "b": {"x": (0, 0), "y": (0.5, 0.5)}})
    assert found.rank_acceptability["a"][0] == near(2 / 3)
    assert found.central_weights["a"]["x"] == pytest.approx(2 / 3, abs=0.01)
    assert found.central_weights["b"]["x"] == pytest.approx(1 / 6, abs=0.01)


@pytest.mark.parametrize(
    ("weights", "concentration", "expected"),
    [
        ({"x": 1, "y": 1}, 2, 2 / 3),  # Dirichlet(1, 1) is uniform
        ({"x": 1, "y": 1}, 4, 20 / 27),  # Beta(2, 2) above 1/3: 1 - 3/9 + 2/27
        ({"x": 3, "y": 1}, 4, 26 / 27),  # Beta(3, 1) above 1/3: 1 - 1/27
        ({"x": 0.3, "y": 0.1}, 4, 26 / 27),  # only proportions count
    ],
)
def test_weights_around_a_preset_are_dirichlet(weights, concentration, expected):
    criteria = {"a": {"x": (1, 1), "y": (0, 0)}, "b": {"x": (0, 0), "y": (0.5, 0.5)}}
    assert run(criteria, weights, concentration=concentration).rank_acceptability["a"][0] == near(expected)


def test_mean_of_weights_is_the_preset_and_that_of_all_weights_is_even():
    alone = {"a": {"x": (0, 1), "y": None, "z": None}}
    assert run(alone, {"x": 5, "y": 3, "z": 2}).central_weights["a"] == pytest.approx(
        {"x": 0.5, "y": 0.3, "z": 0.2}, abs=0.01
    )
    assert run(alone).central_weights["a"] == pytest.approx({"x": 1 / 3, "y": 1 / 3, "z": 1 / 3}, abs=0.01)


@pytest.mark.parametrize("weights", [None, {"x": 1, "y": 9}], ids=["any", "preset"])
def test_dominating_priority_is_always_first_and_the_other_never(weights):
    found = run({"a": {"x": (0.9, 1), "y": (0.5, 0.6)}, "b": {"x": (0, 0.8), "y": (0.1, 0.4)}}, weights)
    assert found.rank_acceptability == {"a": (1.0, 0.0), "b": (0.0, 1.0)}
    assert (found.rank_low, found.rank_high) == ({"a": 1, "b": 2}, {"a": 1, "b": 2})
    assert found.top_share == {"a": 1.0, "b": 0.0}
    assert found.central_weights["b"] is None


def test_priorities_that_tie_share_their_ranks():
    # 0.1 + 0.2 is not 0.3 in floats; c is worse than both.
    found = run({"b": {"x": (0.3, 0.3)}, "a": {"x": (0.1 + 0.2, 0.1 + 0.2)}, "c": {"x": (0, 0)}}, top=2)
    assert found.rank_acceptability == {"a": (0.5, 0.5, 0.0), "b": (0.5, 0.5, 0.0), "c": (0.0, 0.0, 1.0)}
    assert found.expected_rank == {"a": 1.5, "b": 1.5, "c": 3.0}
    assert (found.rank_low["a"], found.rank_high["a"]) == (1, 2)
    assert found.top_share == {"a": 1.0, "b": 1.0, "c": 0.0}


def test_three_that_tie_below_the_first_have_a_third_of_each_rank():
    found = run({"first": {"x": (1, 1)}, **{name: {"x": (0.5, 0.5)} for name in "abc"}}, top=3)
    assert all(found.rank_acceptability[name] == (0.0, 0.333, 0.333, 0.333) for name in "abc")
    assert found.top_share["a"] == 0.667
    assert found.expected_rank["b"] == 3.0


def test_with_one_criterion_weights_do_not_matter():
    criteria = {"a": {"x": (0.2, 0.6)}, "b": {"x": (0.4, 0.8)}}
    found = smaa(criteria, {"preset": {"x": 7}, ANY: None}, ranking(), 1)
    assert found["preset"] == found[ANY]
    # a above b: a triangle of 0.2 x 0.2 / 2 in a square of 0.4 x 0.4.
    assert found[ANY].rank_acceptability["a"][0] == near(1 / 8)
    assert found[ANY].central_weights["a"] == {"x": 1.0}


def test_unknown_criterion_takes_any_value():
    assert run({"a": {"x": (0.3, 0.3)}, "b": {"x": None}}).rank_acceptability["b"][0] == near(0.7)


def test_weight_of_zero_stays_zero_whatever_the_criterion():
    weights = {"x": 1, "y": 1, "z": 0}
    one, other = (run({name: {**values, "z": z} for name, values in A_OR_B.items()}, weights) for z in (None, (1, 1)))
    assert one == other
    assert one.central_weights["a"]["z"] == 0.0


def test_criterion_without_a_weight_weighs_nothing_and_all_zeros_are_refused():
    assert run(A_OR_B, {"x": 1}).rank_acceptability["a"] == (1.0, 0.0)
    with pytest.raises(ValueError, match="all weights are zero"):
        run(A_OR_B, {"x": 0, "y": 0})


def test_rank_interval_leaves_the_same_share_out_at_both_ends():
    # Against an unknown b, a is first in a share of the draws equal to its value; 5 % lie outside at each end.
    for value, expected in [(0.97, (1, 1)), (0.93, (1, 2)), (0.07, (1, 2)), (0.03, (2, 2))]:
        found = run({"a": {"x": (value, value)}, "b": {"x": None}})
        assert (found.rank_low["a"], found.rank_high["a"]) == expected
    found = run({"a": {"x": (0.93, 0.93)}, "b": {"x": None}}, interval=0.8)
    assert (found.rank_low["a"], found.rank_high["a"]) == (1, 1)


def test_top_may_be_wider_than_the_list_and_the_list_empty():
    assert run(A_OR_B, top=5).top_share == {"a": 1.0, "b": 1.0}
    assert run({}) == Acceptability({}, {}, {}, {}, {}, {})


SEVERAL = {
    "p": {"x": (0.2, 0.7), "y": (0.5, 0.5), "z": None},
    "q": {"x": (0.4, 0.5), "y": (0.1, 0.9), "z": (0.3, 0.6)},
    "r": {"x": (0.6, 0.6), "y": (0.6, 0.8), "z": (0.0, 0.3)},
    "s": {"x": None, "y": (0.2, 0.2), "z": (0.7, 1.0)},
}
PRESET = {"x": 0.5, "y": 0.3, "z": 0.2}


def slow(criteria, shapes, draws, seed):
    """Return rank acceptability drawn one by one, without NumPy and with other random numbers."""
    numbers = random.Random(seed)
    counts = {name: [0] * len(criteria) for name in criteria}
    for _ in range(draws):
        weights = {name: numbers.gammavariate(shape, 1) for name, shape in shapes.items()}
        scores = {
            p: sum(weights[c] * numbers.uniform(*(v or (0, 1))) for c, v in values.items())
            for p, values in criteria.items()
        }
        for at, name in enumerate(sorted(scores, key=scores.get, reverse=True)):
            counts[name][at] += 1
    return {name: [count / draws for count in row] for name, row in counts.items()}


@pytest.mark.parametrize(("weights", "shapes"), [(None, (1, 1, 1)), (PRESET, (10, 6, 4))], ids=["any", "preset"])
def test_slow_computation_agrees(weights, shapes):
    draws = 4000
    found = run(SEVERAL, weights, concentration=20).rank_acceptability
    for name, row in slow(SEVERAL, dict(zip("xyz", shapes, strict=False)), draws, seed=8).items():
        for at, share in enumerate(row):
            # Both sides are samples: the variances add.
            error = sqrt(share * (1 - share) * (1 / draws + 1 / DRAWS))
            assert found[name][at] == pytest.approx(share, abs=4 * error + 0.0005)


@pytest.mark.parametrize("draws", [100, 1000, 10_000, 100_000])
def test_share_nears_the_exact_one_as_draws_grow(draws):
    criteria = {"a": {"x": (1, 1), "y": (0, 0)}, "b": {"x": (0, 0), "y": (0.5, 0.5)}}
    assert run(criteria, draws=draws).rank_acceptability["a"][0] == near(2 / 3, draws)


def test_chance_shrinks_with_the_root_of_the_draws():
    criteria = {"a": {"x": (0.5, 0.5)}, "b": {"x": None}}
    few, many = (
        pstdev(run(criteria, draws=draws, seed=seed).rank_acceptability["a"][0] for seed in range(30))
        for draws in (100, 10_000)
    )
    assert 5 < few / many < 20  # 10 is expected; of 30 samples each


def test_every_rank_and_every_priority_is_handed_out_once():
    found = run(SEVERAL, PRESET)
    for row in found.rank_acceptability.values():
        assert sum(row) == pytest.approx(1, abs=0.002)
    for column in zip(*found.rank_acceptability.values(), strict=True):
        assert sum(column) == pytest.approx(1, abs=0.002)
    assert sum(found.expected_rank.values()) == pytest.approx(1 + 2 + 3 + 4, abs=0.2)


def test_result_is_the_same_on_every_run_and_machine():
    # Written down once: another version of NumPy, or another machine, must give these very numbers.
    found = run(SEVERAL, PRESET, top=2)
    assert found == run(SEVERAL, PRESET, top=2)
    assert found.rank_acceptability == {
        "p": (0.171, 0.243, 0.292, 0.294),
        "q": (0.106, 0.236, 0.367, 0.292),
        "r": (0.396, 0.392, 0.174, 0.037),
        "s": (0.327, 0.129, 0.167, 0.377),
    }
    assert found.central_weights["s"] == {"x": 0.51, "y": 0.28, "z": 0.22}


def test_other_records_and_their_order_leave_the_draws_alone():
    turned = {name: dict(reversed(values.items())) for name, values in reversed(SEVERAL.items())}
    weightings = {"one": PRESET, ANY: None}
    found = smaa(SEVERAL, weightings, ranking(), 2)
    assert smaa(turned, dict(reversed(weightings.items())), ranking(), 2) == found
    assert smaa(SEVERAL, {"one": PRESET}, ranking(), 2) == {"one": found["one"]}
    last = {name: (0, 0) for name in "xyz"}
    more = smaa({**SEVERAL, "last": last}, weightings, ranking(), 2)
    assert more["one"].rank_acceptability["p"] == (*found["one"].rank_acceptability["p"], 0.0)


def test_another_seed_gives_other_numbers():
    assert run(SEVERAL, seed=2) != run(SEVERAL, seed=3)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((0.9, 0.95), "firm"), ((0.899, 1.0), "depends"), ((0.0, 0.5), "depends"), ((0.499, 0.1), "outside")],
)
def test_standing_changes_where_the_thresholds_are_met_exactly(shares, expected):
    assert standing(shares, ranking(firm=0.9, depends=0.5)) == expected


def test_results_have_each_preset_and_all_weights():
    machines = (machine("lathe", assessments(precision="clearly clearly")), machine("saw"))
    wishes = (priority("one", ("lathe", "saw"), ("precision",)), priority("two", ("saw",), ("precision",)))
    derived = results(machines, wishes, top=1)
    assert list(derived.acceptability) == ["even", "reach", ANY]
    assert derived.acceptability["reach"].top_share == {"one": 1.0, "two": 0.0}
    assert derived.standing["two"] == "outside"


def test_checking_does_without_numpy():
    code = "import sys, macros.check, macros.derive.results; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_answer_is_drawn_once_for_all_that_ask_the_same(tmp_path, monkeypatch):
    def asked(**changes):
        return acceptability(A_OR_B, {"one": None, "two": {"x": 1, "y": 3}}, ranking(**changes), 1, tmp_path)

    first = asked()
    assert first == smaa(A_OR_B, {"one": None, "two": {"x": 1, "y": 3}}, ranking(), 1)
    monkeypatch.setattr("macros.derive.smaa.smaa", lambda *_: {})
    assert asked() == first
    assert asked(seed=ranking().seed + 1) == {}
