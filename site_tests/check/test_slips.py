"""Slips that people make when they edit data, and what they are told: the line, what is wrong, and what would be right.

Each expectation was written by hand from the file: `line` is where an editor must look, `told` what the message must
say to somebody who has never seen the program. One slip is one problem, unless `others` names rules that follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from macros.problems import Problem
from macros.render.validation import problems_in
from site_tests.conftest import Change, edit

FACTS = "data/evidence/wire-saw.yml"
SAW = "data/equipment/wire-saw.yml"
KITANO = "data/suppliers/kitano.yml"
SOURCES = "data/sources/company.yml"
STAGES = "data/stages.yml"
INDEX = "data/index.yml"


@dataclass(frozen=True)
class Slip:
    """A change of a file, and what must be said of it."""

    name: str
    path: str
    old: str | None  # None: the file ends where `new` does
    new: str
    line: int
    told: tuple[str, ...]
    others: frozenset[str] = field(default_factory=frozenset)


SLIPS = (
    # Indentation
    Slip("indented too deep", SAW, '\n    edition: "2018"\n    level: weit', '\n     edition: "2018"\n    level: weit', 26,
         ("indented by 5 spaces", '"dimension" above it by 4')),
    Slip("indented too little", FACTS, "    bound: about", "   bound: about", 35, ("indented by 3 spaces", '"value" above it by 4')),
    Slip("tab", SAW, "    basis: measured\n    evidence: [ws-001, ws-002]", "\tbasis: measured\n    evidence: [ws-001, ws-002]", 28,
         ("a tab before the text", "indent with spaces")),
    Slip("field that belongs under another one", SAW, "  low: 30\n", "  high: 41\n", 19, ('"high" is here twice', "first in line 18"),
         frozenset({"required-field"})),
    Slip("field beside the one it belongs under", SAW, "value_share:\n  low: 30\n", "low: 30\nvalue_share:\n", 17,
         ('"low" is not a field here', "belongs under value_share", "two spaces deeper"), frozenset({"required-field"})),
    # Quotes, colons, comments
    Slip("quote without its end", SAW, 'edition: "2018"\n    level: weit', 'edition: "2018\n    level: weit', 26,
         ('the quote " that opens here is never closed', 'write " at the end')),
    Slip("quote without its beginning", SAW, 'edition: "2018"\n    level: weit', 'edition: 2018"\n    level: weit', 26,
         ('no edition "2018""', 'did you mean "2018"?')),
    Slip("colon in a text", FACTS, "Dasselbe Blatt nennt 30 m/s", "Blatt: dasselbe nennt 30 m/s", 50,
         ("the text has a colon followed by a space", "in quotes")),
    Slip("no blank after the colon", FACTS, "    topic: markt\n", "    topic:markt\n", 68, ("`topic: markt`",)),
    Slip("apostrophe in single quotes", FACTS, "metric: Anteil an d'Elbes Sägelinie",
         "metric: 'Anteil an d'Elbes Sägelinie'", 71,
         ("goes on after the closing '", '"Anteil an d\'Elbes Sägelinie"')),
    Slip("text in quotes that goes on", FACTS, "entity: VDSM", 'entity: "VDSM" (Freiberg)', 83,
         ('goes on after the closing "', "'\"VDSM\" (Freiberg)'")),
    Slip("unit that begins with %", FACTS, 'unit: "%"', "unit: %", 73, ("cannot begin with %", '"%"')),
    Slip("text that begins with a star", FACTS, "entity: VDSM", "entity: *VDSM", 83, ("*VDSM is an alias", "put quotes around a text that begins with *")),
    Slip("number sign in a text", FACTS, "entity: VDSM", "entity: VDSM #2", 83, ('the value ends before "#2"', "in quotes")),
    # Lists and entries
    Slip("entry without its dash", FACTS, "  - id: ws-004", "    id: ws-004", 42,
         ('a second "id" in one entry', "begins with a dash: `- id: ...`")),
    Slip("item without its dash", SAW, "  - die Wafer werden wellig", "    die Wafer werden wellig", 13,
         ("goes on in the next line", "put a dash before it")),
    Slip("dash without a blank", SAW, "  - die Wafer", "  -die Wafer", 14, ("no space after the dash", "`- die Wafer werden wellig`")),
    Slip("bracket not closed", SAW, "counter_evidence: [ws-005]", "counter_evidence: [ws-005", 37, ("the bracket [ that opens here is never closed", "write ] at its end")),
    Slip("no comma in a list", SAW, "evidence: [ws-003, ws-004]", "evidence: [ws-003 ws-004]", 36, ("ws-003, ws-004", "a comma")),
    Slip("list without brackets", SAW, "evidence: [ws-003, ws-004]", "evidence: ws-003, ws-004", 36, ("a list: [one, two]",)),
    # Numbers and units
    Slip("comma for decimals", FACTS, "value: 30\n", "value: 30,5\n", 47, ("write 30.5", "a point for decimals")),
    Slip("per cent sign in a value", FACTS, "value: 30\n    unit: m/s", "value: 30 %\n    unit: '%'", 47, ("write 30:", "the number alone")),
    Slip("comma for decimals in a range", FACTS, "value: [30, 40]", "value: [30,5, 40]", 72, ("a range is two numbers", "decimals have a point")),
    Slip("range written with a dash", FACTS, "value: [30, 40]", "value: 30–40", 72, ("a range is a list: [30, 40]",)),
    Slip("swapped figures of a range", FACTS, "value: [30, 40]", "value: [40, 30]", 72, ("runs backwards", "[30, 40]")),
    Slip("per cent as a fraction", FACTS, "value: [30, 40]", "value: [0.3, 0.4]", 72, ("less than one per cent", "write [30, 40]")),
    Slip("wrong unit", FACTS, 'unit: "%"', "unit: percent", 73, ('"percent" is not a unit', 'did you mean "%"?', "data/method.yml:101")),
    Slip("unit in Latin letters", SAW, "unit: µm, better: lower", "unit: um, better: lower", 10, ('did you mean "µm"?',)),
    Slip("more than in a value", FACTS, "value: 36\n", "value: >36\n", 59, ("cannot begin with >", "under bound")),
    # Dates and years
    Slip("date of the British kind", SOURCES, '"2022-05-02"', "13/05/2022", 17, ('write "2022-05-13"',)),
    Slip("date of the German kind", SOURCES, '"2022-05-02"', '"2.5.2022"', 17, ('write "2022-05-02"',)),
    Slip("date that may be two", SOURCES, '"2022-05-02"', "05/06/2022", 17, ('a date as "2024", "2024-05" or "2024-05-13"',)),
    Slip("date without quotes", SOURCES, '"2022-05-02"', "2022-05-02", 17, ('write it in quotes: "2022-05-02"',)),
    Slip("date that does not exist", SOURCES, '"2022-05-02"', '"2022-02-30"', 17, ("there is no day 30 in that month",)),
    Slip("edition without quotes", SAW, 'edition: "2018"\n    level: weit', "edition: 2018\n    level: weit", 26, ('put it in quotes: "2018"',)),
    Slip("year as a text", FACTS, "year: 2020", 'year: "2020"', 75, ("write 2020 without quotes",)),
    Slip("two years in one", FACTS, "year: 2020", "year: 2019-2020", 75, ("one whole number, and nothing else",)),
    # Words and ids
    Slip("reference mistyped", SAW, "evidence: [ws-003, ws-004]", "evidence: [ws-003, ws-0o4]", 36, ('no fact "ws-0o4"', 'did you mean "ws-004"?')),
    Slip("source mistyped", FACTS, "source: vdsm-2020-market\n    confidence: medium", "source: vdsm-2020-markt\n    confidence: medium", 77,
         ('did you mean "vdsm-2020-market"?',)),
    Slip("copied id", FACTS, "id: ws-007", "id: ws-006", 80, ('"ws-006" is used already in data/evidence/wire-saw.yml:67', "an id of its own"),
         frozenset({"fact-exists"})),
    Slip("level that there is not", SAW, "level: weit-zurueck", "level: weit-zuruck", 27,
         ('no level "weit-zuruck"', 'did you mean "weit-zurueck"?',)),
    Slip("unknown level misspelt, where nothing else is asked of it", SAW, "level: offen\n    basis: null", "level: ofen\n    basis: null", 50,
         ('no level "ofen"', 'did you mean "offen"?')),
    Slip("level misspelt that had not moved", SAW, 'edition: "2018"\n    level: etwas-zurueck', 'edition: "2018"\n    level: etwas-zuruec', 42,
         ('did you mean "etwas-zurueck"?',)),
    Slip("level with a capital and a blank", SAW, "level: weit-zurueck", "level: Weit zurueck", 27, ("write weit-zurueck",)),
    Slip("capital letter in a word", FACTS, "origin: both\n    entity: VDSM", "origin: Both\n    entity: VDSM", 82, ('did you mean "both"?',)),
    Slip("yes", FACTS, "bound: about", "bound: yes", 35, ('"yes" is not allowed', "about, almost, at-least")),
    Slip("name of a country for its code", KITANO, "country: JP", "country: Japan", 7, ('"Japan" is not a code', 'write "JP"')),
    Slip("address without a scheme", SOURCES, "https://kitano.example", "www.kitano.example", 19, ("is not a web address", "write https://www.kitano.example")),
    Slip("field mistyped", FACTS, "unit_note: an", "unitnote: an", 74, ('"unitnote" is not a field here', 'did you mean "unit_note"?')),
    Slip("required field mistyped", FACTS, "    topic: markt\n", "    topics: markt\n", 68, ('"topics" is not a field here', 'did you mean "topic"?')),
    Slip("required field left out", FACTS, "    topic: markt\n", "", 67, ('"topic" is missing', "What it is about")),
    Slip("field left blank", FACTS, "year: 2020", "year:", 75, ("has no value", "null")),
    Slip("field typed twice", FACTS, "    year: 2020\n", "    year: 2020\n    year: 2021\n", 76, ('"year" is here twice', "first in line 75")),
    Slip("source that nothing cites", SOURCES, "\n...\n", "\n\n  - id: kitano-2023-depots\n    title: Four depots\n    publisher: Kitano\n    issued: null\n"
         '    accessed: "2024-10-03"\n    URL: null\n    kind: company\n    language: ja\n    reliability: C\n...\n', 34,
         ('nothing cites source "kitano-2023-depots"', "cite it in a fact, or remove it")),
    # Characters
    Slip("Chinese colon", FACTS, "    topic: markt\n", "    topic：markt\n", 68, ('the colon after "topic" is a full-width one', "`topic: `")),
    Slip("Chinese comma", SAW, "evidence: [ws-003, ws-004]", "evidence: [ws-003，ws-004]", 36, ("ws-003, ws-004", "a plain comma and a space")),
    Slip("Chinese brackets", SAW, "evidence: [ws-003, ws-004]", "evidence: 【ws-003, ws-004】", 36, ("a list: [one, two]",)),
    Slip("full-width unit", FACTS, 'unit: "%"', "unit: ％", 73, ('did you mean "%"?',)),
    Slip("full-width digits", FACTS, "value: 30\n", "value: ３０\n", 47, ("write 30:",)),
    Slip("curly quotes", SOURCES, '"2022-05-02"', "“2022-05-02”", 17, ('write "2022-05-02"', "in quotes")),
    Slip("no-break space after a colon", FACTS, "year: 2020", "year:\u00a02020", 75, ("looks like a space but is another one (U+00A0)", "column 10")),
    Slip("no-break space behind an id", FACTS, "source: vdsm-2020-market\n    confidence: medium",
         "source: vdsm-2020-market\u00a0\n    confidence: medium", 77, ("cannot be seen (U+00A0)",)),
    Slip("zero-width space in an id", FACTS, "source: vdsm-2020-market\n    confidence: medium",
         "source: vdsm-2020-\u200bmarket\n    confidence: medium", 77, ("cannot be seen (U+200B)",)),
    Slip("numbers of a range without brackets", FACTS, "value: [30, 40]", "value: 30, 40", 72, ("a range is a list: [30, 40]",)),
    Slip("share of an investment as a fraction", SAW, "  low: 30\n  high: 40\n", "  low: 0.3\n  high: 0.4\n", 18, ("less than one per cent", "write low: 30 and high: 40")),
    Slip("comment stuck to a figure", FACTS, "    value: 30\n", "    value: 30#check\n", 47, ('"30#check" is a text with one number', "write the number alone")),
    Slip("figure with a word of another language", FACTS, "    value: 30\n", "    value: 约30\n", 47, ("write the number alone",)),
    Slip("nothing, spelt as YAML may", FACTS, "    entity: VDSM\n", "    entity: Null\n", 83, ("write null",)),
    Slip("figure left blank", FACTS, "    value: 30\n", "    value:\n", 47, ("has no value",)),
    Slip("sign of a level for its id", SAW, "level: etwas-zurueck\n    basis: measured", "level: 1\n    basis: measured", 34,
         ("1 is a number", "write an id (One of `levels` in method.yml")),
    Slip("unit that is new", FACTS, "    unit: m/s\n    year: 2023", "    unit: furlong\n    year: 2023", 48, ("or add it to units in data/method.yml:101",)),
    # Files
    Slip("bracket of a list over some lines not closed", INDEX, "kitano, alpen-wire, coil-trader]", "kitano,\n  alpen-wire, coil-trader", 3,
         ("the bracket [ that opens here is never closed",)),
    Slip("file cut off in the middle", SAW, None, "feeds: [wafer-sorter]\n", 14,
         ('the closing line "..." is missing', "if nothing is lost", "7 fields missing, too")),
    Slip("merge not finished", FACTS, "    value: 36\n", "<<<<<<< HEAD\n    value: 36\n=======\n    value: 38\n>>>>>>> theirs\n", 59,
         ("a merge of git is not finished", "<<<<<<<, ======= and >>>>>>>")),
    Slip("text below the end", FACTS, "\n...\n", "\n...\nto do\n", 92, ('text below the closing "..."', "move it above")),
    Slip("loose word", FACTS, "    year: 2020\n", "    year: 2020\ncheck\n", 76, ('"check" is neither a field',)),
    Slip("end deleted", FACTS, "\n...\n", "\n", 90, ('the closing line "..." is missing', 'add a line "..."')),
    Slip("name mistyped in the index", INDEX, "equipment: [wire-saw,", "equipment: [wire-saws,", 2,
         ("no file data/equipment/wire-saws.yml", 'did you mean "wire-saw"?'), frozenset({"file-listed"})),
)  # fmt: skip

Copy = Callable[[dict[str, Change]], Path]
Problems = Callable[[Path], list[Problem]]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_slip_is_told_at_its_line(slip: Slip, project_with: Copy, problems: Problems) -> None:
    root = project_with({slip.path: (slip.old, slip.new)} if slip.old else {})
    if slip.old is None:
        text = (root / slip.path).read_text(encoding="utf-8")
        edit(root, slip.path, text[: text.index(slip.new)])
    found = problems(root)
    here = [str(problem) for problem in found if (problem.path, problem.line) == (slip.path, slip.line)]
    assert any(all(part in message for part in slip.told) for message in here), [str(problem) for problem in found]
    rest = [problem for problem in found if (problem.path, problem.line) != (slip.path, slip.line)]
    assert len(here) == 1 and {problem.rule for problem in rest} <= slip.others, [str(problem) for problem in found]


def test_there_are_thirty_slips_of_different_kinds() -> None:
    assert len({slip.name for slip in SLIPS}) == len(SLIPS) >= 30


@pytest.mark.parametrize("new", ["value: 30  # read twice", "value: 30\t# read twice"])
def test_comment_behind_a_value_is_no_slip(new: str, project_with: Copy, problems: Problems) -> None:
    assert problems(project_with({FACTS: ("value: 30", new)})) == []


def test_deleted_file_is_missed_where_it_was_named(project_with: Copy, problems: Problems) -> None:
    found = [str(problem) for problem in problems(project_with({KITANO: None}))]
    assert found == [
        "data/index.yml:3: suppliers[2]: there is no file data/suppliers/kitano.yml; put the file back, or remove the name [file-listed]",
    ]


def test_renamed_file_is_told_with_both_names(project_with: Copy, problems: Problems) -> None:
    root = project_with({})
    (root / KITANO).rename(root / "data/suppliers/kitano-works.yml")
    assert [str(problem) for problem in problems(root)] == [
        'data/index.yml:3: suppliers[2]: there is no file data/suppliers/kitano.yml; did you mean "kitano-works"? [file-listed]',
        "data/suppliers/kitano-works.yml:2: the file is not named in data/index.yml; add `kitano-works` under suppliers there, at its place in reading order [file-listed]",
        'data/suppliers/kitano-works.yml:2: id: "kitano" is not the name of the file; name the file "kitano.yml" or write `id: kitano-works` [id-is-file-name]',
    ]


@pytest.mark.parametrize(
    ("encoding", "rules"), [("utf-8-sig", []), ("utf-16", ["utf-8"]), ("gbk", ["utf-8"]), ("latin-1", ["utf-8"])]
)
def test_file_saved_in_another_encoding(
    encoding: str, rules: list[str], project_with: Copy, problems: Problems
) -> None:
    root = project_with({})
    path = root / KITANO
    text = path.read_text(encoding="utf-8").replace("北野", "北野" if encoding != "latin-1" else "Kitanó")
    path.write_bytes(text.encode(encoding))
    found = [problem for problem in problems(root) if problem.path == KITANO]
    assert [problem.rule for problem in found] == rules
    assert all("save the file as UTF-8" in problem.right for problem in found)


@pytest.mark.parametrize("name", ["wire-saw (1)", "wire-saw - Copy", "Wire Saw", "wire_saw"])
def test_copy_of_a_file_is_told_by_its_name_alone(name: str, project_with: Copy, problems: Problems) -> None:
    root = project_with({})
    (root / f"data/equipment/{name}.yml").write_bytes((root / SAW).read_bytes())
    assert [str(problem) for problem in problems(root)] == [
        f"data/equipment/{name}.yml:1: a file of records has a name of lower-case letters, digits and single hyphens; "
        '"wire-saw.yml" is there already: delete this one, or give it a name and an id of its own [file-name]'
    ]


def test_file_that_got_another_name_is_missed_by_its_id(project_with: Copy, problems: Problems) -> None:
    root = project_with({})
    (root / SAW).rename(root / "data/equipment/Wire Saw 2.yml")
    assert [str(problem).partition("; ")[0] for problem in problems(root)] == [
        "data/equipment/Wire Saw 2.yml:1: a file of records has a name of lower-case letters, digits and single hyphens",
        "data/index.yml:2: equipment[0]: there is no file data/equipment/wire-saw.yml",
    ]
    assert problems(root)[0].right.startswith('name it "wire-saw.yml"')


@pytest.mark.parametrize("folder", ["equipment/old", "Equipment"])
def test_file_in_the_wrong_folder_is_told_alone(folder: str, project_with: Copy, problems: Problems) -> None:
    root = project_with({})
    (root / "data" / folder).mkdir()
    (root / "data" / folder / "wire-saw.yml").write_bytes((root / SAW).read_bytes())
    assert [str(problem) for problem in problems(root)] == [
        f"data/{folder}/wire-saw.yml:1: is not a file that the report knows; "
        "move it: its place is data/equipment/*.yml [file-name]"
    ]


def test_unknown_file_is_not_taken_for_another(project_with: Copy, problems: Problems) -> None:
    root = project_with({"data/foo.yml": "foo: []\n...\n"})
    (problem,) = problems(root)
    assert problem.right == "data/README.md lists the files there are"


def test_page_that_speaks_of_a_broken_record_is_not_wrong_as_well(project_with: Copy) -> None:
    root = project_with({SAW: ('edition: "2024"\n    level: etwas', "edition: “2024”\n    level: etwas"),
                         "content/equipment/wire-saw.md": 'It is {{ level("wire-saw", "kerf-loss", "2024") }}.\n'})  # fmt: skip
    assert [problem.rule for problem in problems_in(root)] == ["edition-exists"]


def test_data_come_before_the_pages_made_of_them(project_with: Copy) -> None:
    root = project_with({FACTS: ("id: ws-003", "id: ws-303"),
                         "content/equipment/wire-saw.md": 'A saw{{ cite("ws-003") }}.\n'})  # fmt: skip
    folders = [problem.path.partition("/")[0] for problem in problems_in(root)]
    assert {*folders} == {"data", "content"} and folders == sorted(folders, reverse=True)


def test_id_in_a_broken_call_is_no_figure_typed_by_hand(project_with: Copy) -> None:
    root = project_with({"content/equipment/wire-saw.md": 'A saw{{ cite("ws-003") }.\n'})
    assert [problem.rule for problem in problems_in(root)] == ["page-syntax"]


def test_page_with_a_merge_not_finished_may_show_what_others_link_to(project_with: Copy) -> None:
    root = project_with({})
    page = root / "content/begriffe.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n<<<<<<< HEAD\n", encoding="utf-8")
    assert [problem.rule for problem in problems_in(root)] == ["merge-finished"]


def test_page_of_the_web_saved_for_a_file_is_told_as_no_record(project_with: Copy, problems: Problems) -> None:
    found = problems(project_with({SAW: "<html><body>404</body></html>"}))
    assert {problem.rule for problem in found if problem.path == SAW} == {"complete-file", "right-type"}


def test_pages_are_not_held_against_editions_that_are_wrong(project_with: Copy) -> None:
    root = project_with({"data/report.yml": ("role: baseline", "role: current"),
                         "content/equipment/wire-saw.md": 'It is {{ level("wafer-sorter", "uptime") }}.\n'})  # fmt: skip
    assert {problem.rule for problem in problems_in(root)} == {"edition-roles"}
