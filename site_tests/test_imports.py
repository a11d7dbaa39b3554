"""Who may import whom: modules of one package stand in an order, and the stages know none that come after them."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported_by(module: Path) -> set[str]:
    """Return the modules of ours that a module imports, with what it takes from them, wherever it does so."""
    found = [
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    return {name for node in found for item in node.names for name in (f"{node.module}", f"{node.module}.{item.name}")}


def modules_of(package: str) -> dict[str, set[str]]:
    """Return the modules of a package, each with what it imports."""
    return {f"macros.{package}.{path.stem}": imported_by(path) for path in (ROOT / "macros" / package).glob("*.py")}


@pytest.mark.parametrize("package", ["derive", "present"])
def test_modules_of_a_package_import_each_other_in_one_direction(package: str) -> None:
    modules = modules_of(package)
    TopologicalSorter({name: imported & set(modules) for name, imported in modules.items()}).prepare()


@pytest.mark.parametrize(("package", "later"), [("derive", "present"), ("derive", "export"), ("present", "export")])
def test_a_stage_knows_nothing_of_a_later_one(package: str, later: str) -> None:
    for name, imported in modules_of(package).items():
        assert not [other for other in imported if other.startswith(f"macros.{later}")], name


def test_the_landscape_holds_records_and_computes_nothing_of_them() -> None:
    imported = imported_by(ROOT / "macros/landscape.py")
    assert not [other for other in imported if other.startswith("macros.derive")]
