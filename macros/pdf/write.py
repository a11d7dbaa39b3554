"""Write the PDF of a project to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from macros.pdf.book import read_document
from macros.pdf.finish import finished_pdf, first_pages, page_count
from macros.pdf.printing import print_document


@dataclass(frozen=True)
class Written:
    """A PDF on the disk."""

    file: Path
    pages: int

    @property
    def megabytes(self) -> float:
        return self.file.stat().st_size / 1e6


def write_pdf(
    root: Path,
    file: Path,
    site: str | None,
    say: Callable[[str], None],
    internal: bool = False,
    language: str | None = None,
) -> Written:
    """Write the report of a project to a file, `internal` with the records that are not for the public.

    `language` is one of those it is translated into.

    A failure leaves the file as it was.

    Raises ProblemsFound for data or pages, NoChromium, or PrintingFailed.
    """
    say("composing the pages")
    document = read_document(root, site, internal, language)
    data, heads = print_document(document, say)
    say("writing tags, outline and properties")
    names = document.names(first_pages(data, document.keys))
    date = document.book.landscape.current.date
    data = finished_pdf(
        data,
        heads,
        names,
        written=document.letters,
        headings=document.headings,
        properties=document.properties,
        date=date,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return Written(file, page_count(data))
