"""References as people export them: what `new source --from` reads of each, situation by situation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.editing.bibliography.bibtex import plain_text
from macros.editing.bibliography.formats import Found, NoSource, language_code, sources_in
from macros.editing.bibliography.item import date_of, year_of
from macros.load import load
from site_tests.conftest import Copy, Find
from site_tests.support.new_words import new

KINDS = {"academic": "article-journal", "company": "webpage"}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read(name: str, text: str) -> Found:
        (tmp_path / name).write_text(text, "utf-8")
        (found,) = sources_in(tmp_path / name, KINDS).values()
        return found

    return read


def entry(fields: str, sort: str = "article") -> str:
    return f"@{sort}{{a,\n{fields}\n}}\n"


def names(found: Found) -> list[dict[str, str]]:
    return [name.model_dump(exclude_none=True) for name in found.author]


def test_ris_of_an_article_keeps_journal_and_author(read: Any) -> None:
    text = "TY  - JOUR\nTI  - Drying\nAU  - Roe, Jane\nJF  - Journal of Coating Tests\nPY  - 2020\nER  - \n"
    found = read("a.ris", text)
    assert found.fields == {
        "title": "Drying", "publisher": "Journal of Coating Tests", "container-title": "Journal of Coating Tests",
        "issued": "2020", "kind": "academic",
    }  # fmt: skip
    assert names(found) == [{"family": "Roe", "given": "Jane"}]
    assert found.notes == ('it names no publisher; "Journal of Coating Tests" was taken instead',)


@pytest.mark.parametrize("tag", ["T2", "JO", "JA", "J2"])
def test_ris_of_any_age_names_its_journal(read: Any, tag: str) -> None:
    found = read(
        "a.ris",
        f"TY  - JOUR\nT1  - Drying\nA1  - Roe, Jane\n{tag}  - Coatings\nY1  - 2020/05//\nN2  - Short.\nER  - \n",
    )
    assert (found.fields["title"], found.fields["container-title"]) == ("Drying", "Coatings")
    assert found.fields["issued"] == "2020-05" and names(found) == [{"family": "Roe", "given": "Jane"}]
    assert "note" not in found.fields  # N2 is an abstract


@pytest.mark.parametrize(
    ("month", "issued"),
    [
        ('"9~" # dec', "2018-12-09"),
        ('dec # "~2--6,"', "2018-12"),
        ("{12-14 June}", "2018-06"),
        ('"9--13 " # dec', "2018-12"),
        ("dec", "2018-12"),
        ("{Sept.}", "2018-09"),
        ("5", "2018-05"),
        ("{05}", "2018-05"),
    ],
)
def test_a_month_is_the_month_that_is_meant(read: Any, month: str, issued: str) -> None:
    found = read("a.bib", entry(f"title = {{x}}, year = 2018, month = {month}"))
    assert found.fields["issued"] == issued and not any("year" in note for note in found.notes)


@pytest.mark.parametrize("month", ["{Spring}", "jun # {/} # jul", "13", "{31 May--2 June}"])
def test_a_month_that_cannot_be_told_is_left_out_with_a_word(read: Any, month: str) -> None:
    found = read("a.bib", entry(f"title = {{x}}, year = 2018, month = {month}"))
    assert found.fields["issued"] == "2018"
    assert any("only the year was taken" in note for note in found.notes)


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = {2019/20}", "2019"),
        ("year = {2018-19}", "2018"),
        ("year = {2011-12}", "2011"),
        ("date = {2020-21}", "2020"),
    ],
)
def test_a_span_of_years_is_its_first_with_a_word(read: Any, fields: str, issued: str) -> None:
    found = read("a.bib", entry(f"title = {{x}}, {fields}"))
    assert found.fields["issued"] == issued
    assert any("only the year was taken" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "year", "date"),
    [
        ("May 6", "2020", "2020-05-06"),
        ("2020/05/06/", "", "2020-05-06"),
        ("2020/05/06/Spring", "", "2020-05-06"),
        ("2024年5月13日", "", "2024-05-13"),
        ("2024-05-13T10:00:00Z", "", "2024-05-13"),
        ("6 May 2020", "", "2020-05-06"),
        ("Marchant, 2020", "", "2020"),
        ("2023-02-30", "", "2023"),
        ("n.d.", "", ""),
    ],
)
def test_a_date_is_read_from_text_or_not_at_all(text: str, year: str, date: str) -> None:
    assert date_of(text, year)[0] == date


def test_a_date_that_is_whole_has_no_note() -> None:
    assert date_of("2020-05-06")[1] == "" and year_of("2020") == ("2020", "")


def test_ris_day_stands_beside_the_year(read: Any) -> None:
    assert read("a.ris", "TY  - JOUR\nTI  - x\nPY  - 2020\nDA  - May 6\nER  - \n").fields["issued"] == "2020-05-06"


def test_ris_day_stands_in_the_year_itself(read: Any) -> None:
    assert read("a.ris", "TY  - JOUR\nTI  - x\nPY  - 2024/05/13\nER  - \n").fields["issued"] == "2024-05-13"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.bib", "@misc{a, title = {中文}}".encode("gbk"), "is not UTF-8 text; save it as UTF-8"),
        ("a.json", b"null", "has no entry"),
        ("a.ris", b"TI  - A title\n", 'has no entry: one begins with a line "TY  - " and ends with a line "ER  - "'),
    ],
)
def test_file_without_an_entry_that_can_be_read_is_told(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NoSource) as told:
        sources_in(tmp_path / name, {})
    assert str(told.value) == f"{tmp_path / name}: {said}"


def test_a_key_twice_and_a_field_twice_leave_the_others_read(tmp_path: Path) -> None:
    text = (
        entry("title = {first}")
        + entry("title = {second}")
        + "@misc{b, title = {x}, title = {y}}\n@misc{c, title = {z}}\n"
    )
    (tmp_path / "a.bib").write_text(text, "utf-8")
    found = sources_in(tmp_path / "a.bib", KINDS)
    assert {key: item.fields["title"] for key, item in found.items()} == {"a": "first", "b": "x", "c": "z"}
    assert found["a"].notes == ("repeated bibliography entry: a; the first was read",)
    assert found["b"].notes == ("entry with key b has a duplicate title field; the first was read",)
    assert found["c"].notes == ()


@pytest.mark.parametrize(
    "fields",
    [
        r"url = {\url{https://example.org/a_b}}",
        r"howpublished = {\url{https://example.org/a_b}}",
        r"url = {https://example.org/a\_b}",
        "howpublished = {https://example.org/a_b}",
    ],
)
def test_an_address_is_read_from_its_command(read: Any, fields: str) -> None:
    found = read("a.bib", entry(f"title = {{x}}, {fields}", "misc"))
    assert found.fields["URL"] == "https://example.org/a_b" and "container-title" not in found.fields


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("english", "en"), ("chinese", "zh"), ("中文;", "zh"), ("eng", "en"), ("en_US", "en"), ("zh-CN", "zh"), ("chi", "zh"),
        ("ngerman", "de"), ("Deutsch", "de"), ("jpn", "ja"), ("british", "en"), ("no language", ""),
    ],
)  # fmt: skip
def test_a_language_has_many_names(said: str, code: str) -> None:
    assert language_code(said) == code


def test_a_language_that_is_not_known_is_named(read: Any) -> None:
    found = read("a.bib", entry("title = {x}, langid = {elvishly}"))
    assert "language" not in found.fields and found.notes == ('"elvishly" is not a language that is known',)


def test_strings_are_joined_and_an_unknown_macro_is_named(read: Any) -> None:
    text = '@string{w = "Winding"}\n@string{conf = {Battery Days}}\n'
    found = read("a.bib", text + entry('title = w # " machines", booktitle = conf # ", Part 2", note = lost # "!"'))
    assert (found.fields["title"], found.fields["container-title"]) == ("Winding machines", "Battery Days, Part 2")
    assert found.fields["note"] == "!"
    assert "undefined string in line 4: lost; nothing was put in its place" in found.notes


@pytest.mark.parametrize(
    ("author", "expected", "publisher"),
    [
        ("{ACME, Inc.}", [{"literal": "ACME, Inc."}], "ACME, Inc."),
        (
            "{Department of Energy and Climate Change} and Smith, J.",
            [{"literal": "Department of Energy and Climate Change"}, {"family": "Smith", "given": "J."}],
            "Department of Energy and Climate Change and Smith",
        ),
        ("Smith, J. and others", [{"family": "Smith", "given": "J."}, {"literal": "et al."}], "Smith et al."),
        (
            "Roe, Jane AND\n Ludwig van Beethoven\nand King, Jr., Martin",
            [
                {"family": "Roe", "given": "Jane"},
                {"family": "van Beethoven", "given": "Ludwig"},
                {"family": "King", "given": "Martin", "suffix": "Jr."},
            ],
            "Roe et al.",
        ),
        ("王 五 and 李四 and 张, 三", [{"literal": "王五"}, {"literal": "李四"}, {"family": "张", "given": "三"}], "王五 et al."),
        (r'M{\"u}ller, J.', [{"family": "Müller", "given": "J."}], "Müller"),
        ("A, b, c, d", [{"literal": "A, b, c, d"}], "A, b, c, d"),
    ],
)  # fmt: skip
def test_names_are_kept_whole(read: Any, author: str, expected: list[dict[str, str]], publisher: str) -> None:
    found = read("a.bib", entry(f"title = {{x}}, author = {{{author}}}"))
    assert names(found) == expected and found.fields["publisher"] == publisher


@pytest.mark.parametrize(
    "doi",
    [
        "10.1016/j.x_1",
        "doi:10.1016/j.x_1",
        "http://dx.doi.org/10.1016/j.x_1",
        "https://doi.org/10.1016/j.x_1",
        r"10.1016/j.x\_1",
    ],
)
def test_a_doi_becomes_its_address(read: Any, doi: str) -> None:
    assert read("a.bib", entry(f"title = {{x}}, doi = {{{doi}}}")).fields["URL"] == "https://doi.org/10.1016/j.x_1"


@pytest.mark.parametrize(
    ("value", "text", "unknown"),
    [
        (r"{\textless}5 {\textmu}m", "<5 µm", []),
        (r"5 \textgreater{} 4 \textbar{} 3", "5 > 4 | 3", []),
        (r"\SI{5}{\micro\metre} thick", "5 thick", ["\\SI", "\\micro", "\\metre"]),
        (r"LiFePO$_4$ of $\mu$m, 20% & more", "LiFePO₄ of μm, 20% & more", []),
        ("9--13", "9–13", []),
    ],
)
def test_signs_stay_and_what_cannot_be_read_is_named(value: str, text: str, unknown: list[str]) -> None:
    assert plain_text(value) == (text, unknown)


def test_a_command_that_cannot_be_read_is_a_warning(read: Any) -> None:
    found = read("a.bib", entry(r"title = {A gap of \SI{5}{\mm}}"))
    assert found.fields["title"] == "A gap of 5"
    assert found.notes == (r'of "A gap of \SI{5}{\mm}" \SI, \mm could not be read: "A gap of 5"',)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", "TY  - JOUR\nTI  - x\nJO  - Materials &amp; Design\nER  - \n"),
        ("a.json", '{"id": "a", "title": "x", "container-title": "Materials &amp; <i>Design</i>"}'),
    ],
)
def test_entities_are_read(read: Any, name: str, text: str) -> None:
    assert read(name, text).fields["container-title"] == "Materials & Design"


def test_ris_that_is_wrapped_stays_whole(read: Any) -> None:
    text = (
        "TY  - RPRT\r\nTI  - 锂电池涂布机\r\n市场研究\r\nAU  - Ministry of Industry and\r\n  Trade\r\n"
        "UR  - https://example.org/a;b=1?c=2;d\r\nN1  - It was\r\nread.\r\nER  - \r\n"
    )
    found = read("a.ris", text)
    assert found.fields["title"] == "锂电池涂布机市场研究" and found.fields["note"] == "It was read."
    assert found.fields["URL"] == "https://example.org/a;b=1?c=2;d"
    assert names(found) == [{"literal": "Ministry of Industry and Trade"}]


CNKI = {
    "publisher": "电源技术", "container-title": "电源技术", "title": "涂布机研究", "issued": "2025", "kind": "academic",
    "URL": "https://kns.example/a?b=1;c=2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.enw",
            "%0 Journal Article\n%A 张三\n%A 李四\n%+ 某大学;\n%T 涂布机研究\n%J 电源技术\n%D 2025\n%N 03\n"
            "%U https://kns.example/a?b=1;c=2\n%W CNKI\n",
            CNKI,
        ),
        (
            "a.txt",
            "RT Journal Article\nSR 1\nA1 张三;李四;\nAD 某大学;\nT1 涂布机研究\nJF 电源技术\nYR 2025\nIS 05\nvo 40\n"
            "LA 中文;\nDS CNKI\nLK https://kns.example/a?b=1;c=2\n",
            {**CNKI, "language": "zh"},
        ),
        (
            "a.bib",
            "@article{1025.nh,\nauthor = {张三 and 李四},\ntitle = {涂布机研究},\njournal = {电源技术},\nyear = {2025},\n"
            "url = {https://kns.example/a?b=1;c=2},\nlanguage = {中文;},\n}\n",
            {**CNKI, "language": "zh"},
        ),
    ],
)
def test_chinese_databases_are_read_in_each_of_their_forms(
    read: Any, name: str, text: str, expected: dict[str, str]
) -> None:
    found = read(name, text)
    assert found.fields == expected and names(found) == [{"literal": "张三"}, {"literal": "李四"}]


def test_several_entries_of_endnote_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.enw").write_text("%0 Report\n%T One\n\n%0 Thesis\n%T Two\n%F two\n", "utf-8")
    found = sources_in(tmp_path / "a.enw", KINDS)
    assert {key: item.fields for key, item in found.items()} == {"1": {"title": "One"}, "two": {"title": "Two"}}


def test_chinese_names_make_an_id_that_can_be_read(project_with: Copy, problems: Find, tmp_path: Path) -> None:
    root = project_with({})
    text = "TY  - ELEC\nTI  - 涂布机研究\nAU  - 张, 三\nPB  - 先导智能\nPY  - 2024\nUR  - https://x.example/a\nLA  - zh\nER  - \n"
    (tmp_path / "a.ris").write_text(text, "utf-8")
    words = ["--from", str(tmp_path / "a.ris"), "--kind", "company", "--reliability", "C", "--accessed", "2024-10-02"]
    assert new(root, "source", *words, "--language", "de") == 0
    rows = load(root).documents["data/sources/company.yml"].data["sources"]
    row = next(row for row in rows if row["publisher"] == "先导智能")
    assert row["id"] == "xian-dao-2024-tu-bu-ji" and row["author"] == ({"family": "张", "given": "三"},)
    assert [problem.rule for problem in problems(root)] == ["source-used"]


def test_a_company_with_a_chinese_name_has_an_id_that_can_be_read(project_with: Copy) -> None:
    root = project_with({})
    words = ["--name", "先导智能", "--status", "supplier", "--country", "DE", "--country-basis", "general"]
    assert new(root, "supplier", *words) == 0
    assert (root / "data/suppliers/xian-dao-zhi-neng.yml").exists()


def test_a_dry_run_shows_the_whole_record_as_it_would_stand(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    words = ["--title", "Kerf", "--publisher", "Institute of Sawing, Freiberg", "--url", "null", "--issued", "2018-06"]
    words += ["--accessed", "2024-10-02", "--kind", "academic", "--language", "en", "--reliability", "A"]
    assert new(root, "source", *words, "--author", "Roe, Ada; ACME,, Inc.", "--no-comments", "--dry-run") == 0
    assert capsys.readouterr().out == (
        "data/sources/academic.yml:\n"
        "+   - id: institute-of-2018-kerf\n"
        "+     title: Kerf\n"
        "+     publisher: Institute of Sawing, Freiberg\n"
        '+     issued: "2018-06"\n'
        '+     accessed: "2024-10-02"\n'
        "+     URL: null\n"
        "+     kind: academic\n"
        "+     language: en\n"
        "+     reliability: A\n"
        "+     author:\n"
        "+       - {family: Roe, given: Ada}\n"
        '+       - {literal: "ACME, Inc."}\n'
        "No problems. Write it: the same command without --dry-run\n"
    )


def test_null_on_the_command_line_is_nothing(project_with: Copy) -> None:
    root = project_with({})
    words = ["--in", "wire-saw", "--topic", "urteil", "--statement", "It is said.", "--confidence", "high"]
    assert new(root, "fact", *words, "--source", "saegeblatt-2024-rollers", "--entity", "null", "--year", "null") == 0
    row = load(root).documents["data/evidence/wire-saw.yml"].data["facts"][-1]
    assert row["entity"] is None and row["year"] is None
