"""Schemas and data/README.md: current, complete, and in agreement with models and data."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from macros.check import RULES
from macros.editing.schema_files import write_schemas
from macros.load import load
from macros.load.document import Document
from macros.load.parser import parse
from macros.model import FILES, FileKind
from macros.model.json_schema import groups, json_schema
from macros.problems import ProblemsFound
from site_tests.conftest import REPOSITORY, Change

DATA = REPOSITORY / "data"
README = DATA / "README.md"
DATA_FILES = sorted(DATA.rglob("*.yml"))
EXAMPLES = re.findall(r"^## (\w+)\n.*?^```yaml\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
BY_NAME = {kind.name: kind for kind in FILES}


def kind_of(path: str) -> FileKind:
    return next(kind for kind in FILES if fnmatch(path, kind.pattern))


@cache
def committed(kind: FileKind) -> Draft7Validator:
    return Draft7Validator(json.loads((DATA / f"schema/{kind.name}.schema.json").read_text("utf-8")))


def thawed(value: Any) -> Any:
    """Return data as JSON knows it: lists for the loader's tuples."""
    if isinstance(value, dict):
        return {key: thawed(item) for key, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, tuple) else value


def mistakes(validator: Draft7Validator, text: str) -> list[str]:
    document, problems = parse(text, "x.yml")
    assert problems == []
    return mistakes_in(validator, document)


def mistakes_in(validator: Draft7Validator, document: Document) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(thawed(document.data))]


def texts(folder: Path) -> dict[str, str]:
    files = (*folder.glob("schema/*.json"), folder / "README.md")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def test_committed_schemas_and_readme_are_current(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    assert write_schemas(copy) == len(FILES) + 1
    fresh, kept = texts(copy), texts(DATA)
    assert sorted(fresh) == sorted(kept)
    assert [name for name in fresh if fresh[name] != kept[name]] == [], "run: make schemas"


def test_data_files_fit_their_schemas() -> None:
    documents = load(REPOSITORY).documents
    assert sorted(documents) == [path.relative_to(REPOSITORY).as_posix() for path in DATA_FILES]
    wrong = {path: mistakes_in(committed(kind_of(path)), document) for path, document in documents.items()}
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_every_field_and_record_is_described(kind: FileKind) -> None:
    for group in groups(kind.model):
        assert group.about.endswith(".")
        assert [field.name for field in group.fields if not field.about] == []


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_schema_is_valid_itself(kind: FileKind) -> None:
    Draft7Validator.check_schema(committed(kind).schema)


def test_words_of_the_data_are_in_the_schemas() -> None:
    fact = committed(BY_NAME["facts"]).schema["$defs"]["Fact"]["properties"]
    assert "policy" in fact["topic"]["enum"]
    assert "m/min" in fact["unit"]["enum"] and None in fact["unit"]["enum"]
    equipment = committed(BY_NAME["equipment"]).schema
    assert "electrode" in equipment["properties"]["stage"]["enum"]
    assert "slot-die-head" in equipment["properties"]["components"]["items"]["enum"]
    assert "unknown" in equipment["$defs"]["Assessment"]["properties"]["level"]["enum"]
    assert "scale" not in equipment["$defs"]["Assessment"]["properties"]["dimension"]["enum"]
    industry = committed(BY_NAME["industry"]).schema
    assert "scale" in industry["$defs"]["Assessment"]["properties"]["dimension"]["enum"]
    method = committed(BY_NAME["method"]).schema
    assert "severity" in method["$defs"]["Preset"]["properties"]["weights"]["propertyNames"]["enum"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("topic: price", "topic: prize", "$.facts[0].topic"),
        ("unit: '%'", "unit: percent", "$.facts[0].unit"),
        ("year: 2023", "year: '2023'", "$.facts[0].year"),
        ("value: [30, 40]", "value: [30, 40, 50]", "$.facts[0].value"),
        ("confidence: low", "confidence: sure", "$.facts[0].confidence"),
        ("entity: null", "entity: ''", "$.facts[0].entity"),
        ("origin: both", "orgin: both", "$.facts[0]"),
        ("id: fe-900", "id: FE 900", "$.facts[0].id"),
    ],
)
def test_slip_is_shown_where_it_is(old: str, new: str, where: str) -> None:
    text = """equipment: industry
facts:
  - {id: fe-900, topic: price, origin: both, entity: null, metric: x, value: [30, 40], unit: '%', year: 2023,
    statement: x, source: x, confidence: low}
...
"""
    validator = committed(BY_NAME["facts"])
    assert mistakes(validator, text) == []
    found = mistakes(validator, text.replace(old, new))
    assert found and all(mistake.startswith(f"{where}: ") for mistake in found)


def test_dates_and_addresses_are_texts_of_a_form() -> None:
    source = json_schema(BY_NAME["sources"])["$defs"]["Source"]["properties"]
    assert source["accessed"]["type"] == "string" and re.search(source["accessed"]["pattern"], "2024-05")
    assert source["URL"]["type"] == ["string", "null"] and not re.search(source["URL"]["pattern"], "www.x.org")
    assert source["issued"]["examples"] == ["2024-05", "2024-05-13"]
    assert "container-title" in source


def test_a_record_within_a_record_keeps_its_description() -> None:
    target = json_schema(BY_NAME["priorities"])["properties"]["target"]
    assert target == {"description": "What would prove progress.", "allOf": [{"$ref": "#/$defs/Target"}]}


def test_fields_are_grouped_by_their_place_in_the_file() -> None:
    paths = [group.paths for group in groups(BY_NAME["industry"].model)]
    assert paths[0] == ("",)
    assert ("benchmarks[].domestic", "benchmarks[].imported") in paths
    names = [field.name for field in groups(BY_NAME["equipment"].model)[0].fields]
    assert names[0] == "id" and names.index("assessments") > names.index("evidence")


def test_schemas_of_another_project_hold_its_own_words(project_with: Callable[[dict[str, Change]], Path]) -> None:
    root = project_with({})
    write_schemas(root / "data")
    fact = json.loads((root / "data/schema/facts.schema.json").read_text("utf-8"))["$defs"]["Fact"]["properties"]
    assert "Wafer/h" in fact["unit"]["enum"]
    readme = (root / "data/README.md").read_text("utf-8")
    assert all(f"<!-- fields: {kind.name} -->" in readme for kind in FILES)


def test_writing_twice_changes_nothing(project_with: Callable[[dict[str, Change]], Path]) -> None:
    data = project_with({}) / "data"
    write_schemas(data)
    first = texts(data)
    write_schemas(data)
    assert texts(data) == first


def test_text_written_by_hand_stays(project_with: Callable[[dict[str, Change]], Path]) -> None:
    data = project_with({}) / "data"
    (data / "README.md").write_text("Mine.\n\n<!-- rules -->\nold\n<!-- end -->\n\nMine too.\n", "utf-8")
    write_schemas(data)
    readme = (data / "README.md").read_text("utf-8")
    assert readme.startswith("Mine.\n\n<!-- rules -->\n- `fact-exists`") and "\nMine too.\n" in readme
    assert "\nold\n" not in readme


def test_schema_of_a_kind_that_is_gone_is_removed(project_with: Callable[[dict[str, Change]], Path]) -> None:
    data = project_with({"data/schema/gone.schema.json": "{}"}) / "data"
    write_schemas(data)
    assert not (data / "schema/gone.schema.json").exists()


def test_broken_method_is_reported_and_nothing_written(project_with: Callable[[dict[str, Change]], Path]) -> None:
    root = project_with({"data/method.yml": "levels: [\n"})
    with pytest.raises(ProblemsFound) as caught:
        write_schemas(root / "data")
    assert {problem.path for problem in caught.value.problems} == {"data/method.yml"}
    assert not (root / "data/schema").exists()


def test_broken_fact_does_not_stop_the_schemas(project_with: Callable[[dict[str, Change]], Path]) -> None:
    root = project_with({"data/evidence/wire-saw.yml": "facts: [\n"})
    assert write_schemas(root / "data") == len(FILES) + 1


def test_readme_has_an_example_of_every_kind() -> None:
    assert sorted(name for name, _ in EXAMPLES) == sorted(BY_NAME)


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_readme_example_is_right(name: str, text: str) -> None:
    document, problems = parse(text, "x.yml")
    assert problems == []
    BY_NAME[name].model.model_validate(document.data)
    assert mistakes(committed(BY_NAME[name]), text) == []
    depth = BY_NAME[name].pattern.count("/") - 1
    assert text.startswith(f"# yaml-language-server: $schema={'../' * depth}schema/{name}.schema.json\n")


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_readme_lists_every_field(kind: FileKind) -> None:
    table = re.search(rf"<!-- fields: {kind.name} -->\n(.*?)<!-- end -->", README.read_text("utf-8"), re.DOTALL)
    assert table
    for group in groups(kind.model):
        for field in group.fields:
            assert f"| `{field.name}` |" in table[1]
            assert field.about in table[1]


def test_readme_lists_every_rule() -> None:
    readme = README.read_text("utf-8")
    assert [rule.id for rule in RULES if f"- `{rule.id}` " not in readme] == []


def form_of(field: dict[str, Any]) -> str:
    """Return what people often mistype in a field: a date, an address, or nothing."""
    if "enum" in field:
        return ""
    return "an address" if field.get("format") == "uri" else "a date" if field.get("pattern") == DATE else ""


DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def test_sources_have_fields_of_either_form() -> None:
    (kind,) = (kind for kind in FILES if kind.name == "sources")
    record = committed(kind).schema["$defs"]["Source"]["properties"]
    assert (form_of(record["URL"]), form_of(record["accessed"])) == ("an address", "a date")


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_examples_are_right_and_dates_and_addresses_have_one(kind: FileKind) -> None:
    schema = committed(kind).schema
    for record in (schema, *schema.get("$defs", {}).values()):
        for name, field in record["properties"].items():
            alone = {key: value for key, value in field.items() if key != "examples"}
            for example in field.get("examples", ()):
                assert [
                    error.message
                    for error in Draft7Validator({**alone, "$defs": schema.get("$defs", {})}).iter_errors(example)
                ] == []
            if form := form_of(field):
                assert field.get("examples"), f"{name} is {form} without an example"


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.name)
def test_wrong_examples_are_wrong_and_stand_in_the_description(kind: FileKind) -> None:
    schema = committed(kind).schema
    for record in (schema, *schema.get("$defs", {}).values()):
        for name, field in record["properties"].items():
            validator = Draft7Validator({**field, "$defs": schema.get("$defs", {})})
            for wrong in field.get("x-wrong", ()):
                assert not validator.is_valid(wrong), f"{name}: {wrong}"
                assert wrong in field["description"]
            if form_of(field):
                assert field["x-wrong"]


WRONG_VALUES = (["x"], {"x": 1}, True)


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_schema_refuses_what_an_editor_may_slip(name: str, text: str) -> None:
    """At the top of each file: a field too many, a required one left out or mistyped, a value of another type."""
    validator = committed(BY_NAME[name])
    data = thawed(parse(text, "x.yml")[0].data)
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, "remark": "x"})
    for field in validator.schema["required"]:
        rest = {key: value for key, value in data.items() if key != field}
        assert not validator.is_valid(rest), f"{field} left out"
        assert not validator.is_valid({**rest, f"{field}s": data[field]}), f"{field} mistyped"
    for field in data:
        fitting = [wrong for wrong in WRONG_VALUES if validator.is_valid({**data, field: wrong})]
        assert len(fitting) < len(WRONG_VALUES), f"{field} may be anything"
