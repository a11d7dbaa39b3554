"""Fixtures: the miniature as one document, and as a PDF."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from macros.pdf.book import Document, read_document
from macros.pdf.browser import install_letters
from site_tests.conftest import Once, another, edit
from site_tests.support.built import Page, parsed
from site_tests.support.pdf_pages import nodes_of

LOCAL = "金刚石线锯机"
"""A name in another script, put into the miniature. Its first and third letters are drawn like radicals of that script."""


def with_local_names(wafers: Path, root: Path) -> Path:
    """Copy the miniature to a folder that is not there yet, and put a name in another script into it."""
    another(wafers, root)
    edit(root, "data/equipment/wire-saw.yml", ("name_local: Drahtsäge", f"name_local: {LOCAL}"))
    fact = "Heimische Monteure kommen binnen eines Tages"
    edit(root, "data/evidence/industry-assessment.yml", (f"{fact}.", f"{fact} ({LOCAL})."))
    return root


@pytest.fixture(scope="session")
def project(once: Once, wafers: Path) -> Path:
    """The miniature with a name in another script. Tests must not change it."""
    return once("book", lambda root: with_local_names(wafers, root))


@pytest.fixture(scope="session")
def document(project: Path) -> Document:
    return read_document(project)


@pytest.fixture(scope="session")
def html(document: Document) -> Page:
    return parsed(document.html({}))


@pytest.fixture(scope="session")
def printed(once: Once, wafers: Path) -> Path:
    """That project, with its build/report.pdf; `said` is what the command wrote to a pipe."""

    def make(root: Path) -> None:
        install_letters()
        command = [sys.executable, "-m", "macros", "pdf", "build/report.pdf"]
        done = subprocess.run(
            command, cwd=with_local_names(wafers, root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300
        )
        assert done.returncode == 0, done.stdout.decode()
        (root / "said").write_bytes(done.stdout)

    return once("printed", make)


@pytest.fixture(scope="session")
def pdf(printed: Path) -> PdfReader:
    return PdfReader(printed / "build/report.pdf")


@pytest.fixture(scope="session")
def nodes(pdf: PdfReader) -> list[Any]:
    """The elements of the tree of tags, and what they hold."""
    return list(nodes_of(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))
