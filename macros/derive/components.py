"""Find which classes contain which, directly or inside another part, and in which of them imports lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from macros.derive.levels import Levels
from macros.load.landscape import Landscape

# A class by id, with the part between: None where nothing is.
Ways = dict[str, str | None]


def parts_inside(name: str, land: Landscape) -> Ways:
    """Return the components of a class and theirs, each with the part it stands in; None where the class itself holds it."""
    return _reachable(name, lambda owner: land.equipment[owner].components)


def holders_of(name: str, land: Landscape) -> Ways:
    """Return the classes that contain one, in reading order, each with the part that brings it in; None where directly."""
    found = _reachable(name, lambda part: land.containers[part])
    return {owner: found[owner] for owner in sorted(found, key=land.order.__getitem__)}


def _reachable(start: str, step: Callable[[str], Iterable[str]]) -> Ways:
    """Return everything reachable, nearest first, each with its predecessor; None if that is the start."""
    found: Ways = {}
    reached = [start]
    for at in reached:
        for name in step(at):
            if name != start and name not in found:
                found[name] = None if at == start else at
                reached.append(name)
    return found


def led_by_imports(name: str, levels: Levels) -> tuple[str, ...]:
    """Return the dimensions of dependence in which the domestic side of a class is behind now."""
    land = levels.landscape
    asked = land.method.dependence
    return tuple(d for d in asked if (levels.severity(name, d, land.current.id) or 0) > 0)
