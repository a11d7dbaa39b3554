"""What stands inside what, at any depth, and in which of it imports lead."""

from __future__ import annotations

from macros.derive.components import holders_of, led_by_imports, parts_inside
from macros.derive.priority import classes_containing, classes_fed, points_of_dependence, reach
from site_tests.support.small import assessments, machine, priority, results

SCREW = machine("screw", assessments(supply="clearly clearly"), kind="component")
ROBOT = machine("robot", assessments(supply="parity parity"), kind="component", components=("screw", "drive"))
DRIVE = machine("drive", assessments(core_components="- slightly"), kind="component")
DRYER = machine("dryer", components=("robot",))
PRESS = machine("press", components=("screw", "robot"))
OVEN = machine("oven", assessments(supply="clearly parity"))
ALL = (DRYER, PRESS, OVEN, SCREW, ROBOT, DRIVE)


def test_parts_of_parts_are_inside_with_the_part_between():
    land = results(ALL).landscape
    assert parts_inside("dryer", land) == {"robot": None, "screw": "robot", "drive": "robot"}
    assert parts_inside("press", land) == {"screw": None, "robot": None, "drive": "robot"}
    assert parts_inside("oven", land) == {}


def test_holders_are_found_through_parts_in_reading_order():
    land = results(ALL).landscape
    assert list(holders_of("screw", land).items()) == [("dryer", "robot"), ("press", None), ("robot", None)]
    assert list(holders_of("drive", land).items()) == [("dryer", "robot"), ("press", "robot"), ("robot", None)]


def test_parts_that_contain_each_other_come_to_an_end():
    land = results(
        (machine("a", components=("b",)), machine("b", components=("c",)), machine("c", components=("a",)))
    ).landscape
    assert parts_inside("a", land) == {"b": None, "c": "b"}
    assert holders_of("a", land) == {"b": "c", "c": None}


def test_imports_lead_where_supply_or_core_components_are_behind_now():
    derived = results(ALL)
    found = {item.id: led_by_imports(item.id, derived) for item in ALL}
    assert found == {
        "dryer": (),
        "press": (),
        "oven": (),
        "screw": ("supply",),
        "robot": (),
        "drive": ("core-components",),
    }


def test_reach_and_dependence_follow_parts_inside_parts():
    derived = results(ALL, (priority("p", ("screw",), ("supply",)), priority("q", ("dryer",), ("supply",))))
    land = derived.landscape
    assert classes_containing(land.priorities["p"], derived) == ["dryer", "press", "robot"]
    assert reach(land.priorities["p"], derived) == (4 / 6, 4 / 6)
    asked = {owner for owner, _ in points_of_dependence(land.priorities["q"], derived)}
    assert asked == {"dryer", "robot", "screw", "drive"}


def test_reach_counts_the_next_step_on_the_route_once():
    # a holds b and feeds c, c feeds d: helping b reaches its holder a; helping a reaches c, one step on, and not d.
    line = (
        machine("a", components=("b",), feeds=("c",)),
        machine("b", kind="component"),
        machine("c", feeds=("d",)),
        machine("d"),
    )
    derived = results(
        line,
        (
            priority("p", ("a",), ("supply",)),
            priority("q", ("b",), ("supply",)),
            priority("r", ("a", "c"), ("supply",)),
        ),
    )
    found = {name: classes_fed(item, derived) for name, item in derived.landscape.priorities.items()}
    assert found == {"p": ["c"], "q": [], "r": ["d"]}
    assert reach(derived.landscape.priorities["p"], derived) == (2 / 4, 2 / 4)
    assert reach(derived.landscape.priorities["r"], derived) == (3 / 4, 3 / 4)
