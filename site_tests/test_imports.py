"""Who may import whom: packages stand in an order, and so do the modules of each."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

MACROS = Path(__file__).parent.parent / "macros"
# The packages from the ground up. A package imports those of lower storeys only.
STOREYS = (
    ("problems", "cache", "processes", "git", "spreadsheets", "model"),
    ("load", "charts"),
    ("derive",),
    ("check", "present"),
    ("render", "editing", "upkeep"),
    ("export", "pdf"),
    ("publish",),
    ("cli", "hook"),
    ("__main__",),
)
STOREY = {name: number for number, names in enumerate(STOREYS) for name in names}
PACKAGES = sorted(path.parent.name for path in MACROS.glob("*/__init__.py"))


def dotted(path: Path) -> str:
    """Return the name of a module by its file."""
    return ".".join(path.relative_to(MACROS.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for path in MACROS.rglob("*.py")}


@cache
def imported_by(name: str) -> set[str]:
    """Return the modules of ours that a module imports, wherever it does so."""
    nodes = ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8")))
    taken = [(node.module, item.name) for node in nodes if isinstance(node, ast.ImportFrom) for item in node.names]
    named = {f"{module}.{item}" if f"{module}.{item}" in MODULES else f"{module}" for module, item in taken}
    return named & set(MODULES) - {name}


def room(name: str) -> str:
    """Return the package or module at the top of macros/ that a module stands in."""
    return name.split(".")[1] if "." in name else ""


def test_every_package_and_module_has_its_storey() -> None:
    assert {room(name) for name in MODULES} - {""} == set(STOREY)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"macros"}))
def test_a_module_imports_only_what_stands_below_it(name: str) -> None:
    others = {other for other in imported_by(name) if room(other) not in (room(name), "")}
    assert not {other for other in others if STOREY[room(other)] >= STOREY[room(name)]}


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_of_a_package_import_each_other_in_one_direction(package: str) -> None:
    modules = {name: imported_by(name) for name in MODULES if room(name) == package}
    assert modules
    TopologicalSorter({name: imported & set(modules) for name, imported in modules.items()}).prepare()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_goes_in_and_what_comes_out(package: str) -> None:
    said = ast.get_docstring(ast.parse((MACROS / package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert "In: " in said and "Out: " in said
