"""Public and internal: what is marked internal is in no byte of a public build, and marked in words in an internal one."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from macros.cli.main import main
from macros.export.plain import write_plain
from macros.pdf.book import read_document
from macros.present.book import Book
from macros.problems import ProblemsFound
from macros.render.site import build_site
from site_tests.conftest import another, edit
from site_tests.support.built import ROOT, build, parsed, read_pages, tree
from site_tests.support.reading import landscape_of

# In every text and id of the internal records; the figures stand nowhere else.
SECRET = re.compile(rb"(?i)zz-?secret")
_BETWEEN = rb"(?:[ ,.']|\xc2\xa0|\xe2\x80[\x80-\xaf]|&[#a-z0-9]+;)?"
FIGURES = re.compile(rb"8" + _BETWEEN + rb"986" + _BETWEEN + rb"753|9" + _BETWEEN + rb"897" + _BETWEEN + rb"531")

FACT = """
  - id: {id}
    topic: {topic}
    origin: domestic
    entity: Zzsecret entity
    metric: Zzsecret metric
    value: [8986753, 9897531]
    bound: about
    unit: h
    unit_note: Zzsecret unit note
    year: 2023
    statement: Zzsecret statement of 8986753 to 9897531 hours.
    source: {source}
    confidence: high
    audience: internal
"""
SOURCE = """
  - id: {id}
    title: Zzsecret title
    publisher: Zzsecret publisher
    container-title: Zzsecret container
    issued: "2023-11-09"
    accessed: "2024-10-03"
    URL: https://zzsecret.example/{id}
    kind: {kind}
    language: en
    reliability: B
    note: Zzsecret note of the source, see zz-secret-1
"""
BENCHMARK = """
  - id: zz-secret-bench
    metric: zzsecret hours
    unit: h
    better: higher
    dimension: uptime
    edition: "2024"
    domestic: {value: 8986753, entity: Zzsecret maker, year: 2023, mode: Zzsecret mode, evidence: [zz-secret-1]}
    imported: {value: [9897531, 9897532], entity: Zzsecret rival, year: 2023, mode: Zzsecret mode, evidence: [ws-002]}
    comparable: "yes"
    caveat: Zzsecret caveat, see zz-secret-1
    audience: internal
"""
SUPPLIER = """# yaml-language-server: $schema=../schema/suppliers.schema.json
id: zz-secret-maker
name: Zzsecret company
name_local: Zzsecret lokal
aliases: [Zzsecret alias]
status: supplier
country: DE
country_basis: fact
parent: {id: saxon-saws, name: Zzsecret parent, since: "2023-02", evidence: [zz-secret-1]}
founded: 1991
listing: Zzsecret listing
website: https://zzsecret.example/
equipment:
  - {id: wire-saw, role: maker, evidence: [zz-secret-1], note: Zzsecret making}
figures:
  - {metric: umsatz, value: 8986753, bound: about, unit: Mio. EUR, year: 2023, basis: Zzsecret basis, evidence: [zz-secret-1]}
events:
  - {date: "2023-03", what: Zzsecret event, evidence: [zz-secret-1]}
evidence: [zz-secret-2]
sources: [zz-secret-page]
note: Zzsecret note
audience: internal
...
"""
CHANGE = """
  - id: zz-secret-change
    date: "2025-02-01"
    kind: evidence
    title: Zzsecret change
    text: Zzsecret text of the change.
    equipment: [wire-saw]
    audience: internal
"""


def add(root: Path, name: str, text: str, before: str = "...\n") -> None:
    """Put records into a file: at its end, or before a line."""
    edit(root, name, (f"\n{before}", f"{text}{before}" if before != "...\n" else f"\n{text}{before}"))


def hide(root: Path) -> None:
    """Add internal records of every kind: in files with others, in files of their own, with prose of their own."""
    add(root, "data/evidence/wire-saw.yml", FACT.format(id="zz-secret-1", topic="kennwert", source="zz-secret-page"))
    head = "# yaml-language-server: $schema=../schema/{}.schema.json\n"
    fact = FACT.format(id="zz-secret-2", topic="fahrplan", source="zz-secret-talk")
    edit(root, "data/evidence/industry-roadmap.yml", f"{head.format('facts')}equipment: industry\nfacts:\n{fact}...\n")
    add(root, "data/sources/trade-press.yml", SOURCE.format(id="zz-secret-page", kind="trade-press"))
    source = SOURCE.format(id="zz-secret-talk", kind="insider")
    edit(root, "data/sources/insider.yml", f"{head.format('sources')}sources:\n{source}...\n")
    add(root, "data/equipment/wire-saw.yml", BENCHMARK, before="specs:\n")
    edit(root, "data/suppliers/zz-secret-maker.yml", SUPPLIER)
    edit(root, "content/suppliers/zz-secret-maker.md", "Zzsecret introduction.\n")
    add(root, "data/changes.yml", CHANGE)
    lists = [("coil-trader]", "coil-trader, zz-secret-maker]"), ("industry-localisation]", "industry-localisation, industry-roadmap]")]  # fmt: skip
    edit(root, "data/index.yml", [*lists, ("company, trade-press]", "company, insider, trade-press]")])


@pytest.fixture(scope="module")
def without(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature, with a kind of source of which it has none."""
    root = another(wafers, tmp_path_factory.mktemp("without") / "project")
    kind = "  - {id: insider, name: conversation, csl_type: interview, speaks_for_itself: false}\ntopics:\n"
    edit(root, "data/method.yml", ("topics:\n", kind))
    return root


@pytest.fixture(scope="module")
def hiding(without: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with internal records of every kind."""
    root = shutil.copytree(without, tmp_path_factory.mktemp("hiding") / "project", symlinks=True)
    hide(root)
    return root


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's commands; what it must not do is fail."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    whole = [sys.executable, "-m", "macros", "--root", str(root), *arguments]
    done = subprocess.run(whole, cwd=root, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def public(hiding: Path) -> Path:
    """A public build with its PDF."""
    command(hiding, "pdf", "build/report.pdf")
    done = build(
        hiding, hiding / "public", REPORT_PDF=str(hiding / "build/report.pdf"), SITE_URL="https://example.org/"
    )
    assert done.returncode == 0, done.stderr
    return hiding / "public"


@pytest.fixture(scope="module")
def internal(hiding: Path) -> Path:
    """An internal build, as a person makes it."""
    command(hiding, "build", "--internal")
    assert not (hiding / "site").exists()
    return hiding / "build/internal"


def test_no_byte_of_a_public_build_tells_of_internal_records(public: Path) -> None:
    found = dict(unpacked(tree(public)))
    assert {
        "report.pdf",
        "feed.xml",
        "assets/search-index.js",
        "downloads/report.xlsx",
        "sitemap.xml.gz",
    } <= found.keys()
    assert any(name.startswith("report.pdf/") and b"Saxon Saws" in content for name, content in found.items())
    assert leaks(found) == []


def test_a_public_build_is_that_of_a_project_without_them(public: Path, without: Path) -> None:
    pdf = public / "report.pdf"
    done = build(without, without / "site", REPORT_PDF=str(pdf), SITE_URL="https://example.org/")
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(public), tree(without / "site")
    assert sorted(ours) == sorted(theirs)
    # The files of a project have other lines: where its data stand is told to hosts of repositories alone.
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_the_rendered_tree_tells_of_none(hiding: Path) -> None:
    write_plain(build_site(hiding), hiding, hiding / "plain")
    assert leaks(unpacked(tree(hiding / "plain"))) == []


def test_the_check_names_none_in_what_it_computes(hiding: Path, without: Path) -> None:
    known, other = (Book(landscape_of(root)).landscape for root in (hiding, without))
    assert known.benchmarks == other.benchmarks and known.index == other.index and known.internal == frozenset()


def test_what_moved_is_told_without_them(without: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = shutil.copytree(without, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("site"))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(root)]
    for arguments in (["init", "-q"], ["add", "data"], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    hide(root)
    for form in ("text", "markdown", "json"):
        assert main(["--root", str(root), "diff", "HEAD", "--format", form]) == 0
        out, err = capsys.readouterr()
        assert out and not SECRET.search(out.encode()), form
        assert err == "Internal records are left out; --internal compares them, too.\n"
    assert main(["--root", str(root), "diff", "HEAD", "--internal"]) == 0
    assert "zz-secret-1" in capsys.readouterr().out


def test_an_internal_build_shows_them_and_says_so(internal: Path) -> None:
    pages = read_pages(internal, framed_too=True)
    for name, page in pages.items():
        assert "Diese Fassung enthält Einträge, die nicht für die Öffentlichkeit sind." in page.text, name
    saw = pages["equipment/wire-saw.html"].text
    assert re.search(r"Zzsecret hours intern .{0,80}h, höher ist besser", saw)
    assert "Zzsecret company intern Zzsecret lokal" in saw
    assert "Zzsecret statement of 8986753 to 9897531 hours. intern" in pages["evidence/wire-saw.html"].text
    assert "Zzsecret introduction." in pages["suppliers/zz-secret-maker.html"].text
    assert re.search(r"Zzsecret company.{0,80} intern ", pages["suppliers/zz-secret-maker.html"].text)
    assert "Zzsecret company intern" in pages["firmen.html"].text
    assert "zz-secret-2 intern" in pages["sources/insider.html"].text
    assert "Zzsecret change intern" in pages["neues.html"].text


def test_files_of_an_internal_build_mark_them(internal: Path) -> None:
    for name, key in (("facts", "zz-secret-1"), ("suppliers", "zz-secret-maker"), ("benchmarks", "zz-secret-bench"), ("changes", "zz-secret-change")):  # fmt: skip
        rows = csv.DictReader((internal / f"downloads/tables/{name}.csv").open(encoding="utf-8-sig"))
        assert {row["audience"] for row in rows if row["id"] == key} == {"internal"}, name
    saw = json.loads((internal / "api/v1/equipment/wire-saw.json").read_text(encoding="utf-8"))
    assert [b["id"] for b in saw["record"]["benchmarks"] if b["audience"] == "internal"] == ["zz-secret-bench"]
    search = (internal / "assets/search-index.js").read_text(encoding="utf-8")
    for title in ("zz-secret-1 (intern)", "Zzsecret company (intern)", "Vieldrahtsäge: zzsecret hours (intern)"):
        assert f'"{title}"' in search, title
    assert "<title>Zzsecret change (intern)</title>" in (internal / "feed.xml").read_text(encoding="utf-8")
    notes = [text for name, text in tree(internal).items() if "zz-secret-bench" in name and name.endswith(".svg")]
    assert notes and all(b">intern<" in text for text in notes)


def test_an_internal_book_shows_them_and_says_so(hiding: Path) -> None:
    book = parsed(read_document(hiding, internal=True).html({}))
    assert (
        "Zzsecret company" in book.text
        and "Diese Fassung enthält Einträge, die nicht für die Öffentlichkeit sind." in book.text
    )


def test_a_page_for_the_public_cannot_name_one(hiding: Path, tmp_path: Path) -> None:
    calls = {"abstand": 'cite("zz-secret-1")', "markt": 'link("supplier", "zz-secret-maker")', "aussagen": 'benchmark("zz-secret-bench")'}  # fmt: skip
    root = shutil.copytree(
        hiding, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("public", "build")
    )
    for name, call in calls.items():
        page = (root / f"content/{name}.md").read_text(encoding="utf-8")
        edit(root, f"content/{name}.md", f"{page}\n{{{{ {call} }}}}\n")
    with pytest.raises(ProblemsFound) as caught:
        build_site(root)
    told = [
        problem
        for problem in caught.value.problems
        if "is internal, so no page for the public can name it" in problem.wrong
    ]
    assert sorted(problem.path for problem in told) == sorted(f"content/{name}.md" for name in calls)


def leaks(files: dict[str, bytes]) -> list[str]:
    """Return the files that tell of an internal record, by their name or in what they hold."""
    packed = (".pdf", ".xlsx", ".zip", ".gz", ".png")
    return [
        name
        for name, content in files.items()
        if SECRET.search(name.encode())
        or SECRET.search(content)
        or (not name.endswith(packed) and FIGURES.search(content))
    ]


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files by path, and beside archives and PDFs what they hold."""
    found = dict(files)
    for name, content in files.items():
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                found.update({f"{name}/{part}": packed.read(part) for part in packed.namelist()})
        elif name.endswith(".gz"):
            found[f"{name}/"] = gzip.decompress(content)
        elif name.endswith(".pdf"):
            found.update({f"{name}/{at}": part for at, part in enumerate(in_pdf(content))})
    return found


def in_pdf(content: bytes) -> Iterator[bytes]:
    """Yield the text of every page, every stream without its compression, and every string."""
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        yield " ".join(page.extract_text().split()).encode()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image" and not is_of_machine(found):
                yield found.read_bytes()
            yield " ".join(strings(found)).encode()


def is_of_machine(stream: pikepdf.Stream) -> bool:
    """Whether a stream is a font, or numbers of places within the file: its objects are read one by one."""
    return "/Length1" in stream or stream.get("/Type") in ("/ObjStm", "/XRef")


def strings(found: pikepdf.Object) -> Iterator[str]:
    """Yield the strings and names within an object of a PDF; what it refers to is an object of its own."""
    if isinstance(found, (pikepdf.String, pikepdf.Name)):
        yield str(found)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in found.items():
            yield key
            if not getattr(value, "is_indirect", False):
                yield from strings(value)
    elif isinstance(found, pikepdf.Array):
        for value in found:
            if not getattr(value, "is_indirect", False):
                yield from strings(value)
