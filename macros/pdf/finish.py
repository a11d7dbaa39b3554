"""Find where the chapters of a printed PDF begin, and give it an outline, properties and dates.

pikepdf rather than pypdf: it writes object streams, without which the tags alone would double the size of the file, and
it keeps the tree of tags as it is.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf

from macros.pdf.glyphs import mend_letters
from macros.pdf.tags import mend_tags

_OUTLINE_DEPTH = 2
"""Levels of headings in the outline: chapters, and below them records or sections."""


def first_pages(data: bytes, names: Iterable[str]) -> dict[str, int]:
    """Return the page, counted from 1, that each of the named places is on."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places = {str(name)[1:]: place for name, place in pdf.Root.get(Name.Dests, Dictionary()).items()}
        return {name: numbers[places[name][0].objgen] for name in names if isinstance(places.get(name), Array)}


def page_count(data: bytes) -> int:
    with Pdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def finished_pdf(
    data: bytes,
    heads: bytes,
    names: Mapping[str, list[str]],
    *,
    written: Collection[str],
    headings: Iterable[str],
    properties: Mapping[str, str],
    date: str,
) -> bytes:
    """Return the PDF with running heads, a short outline and properties that two printings of the same data share.

    `names` are those of the links by where they lead, `written` the letters of the document, `headings` its headings in
    words. `date` is that of the edition, as the data write it; the hour of printing is not kept. It is not linearized: qpdf
    then warns of its own tables of the outline.
    """
    with Pdf.open(io.BytesIO(data)) as pdf, Pdf.open(io.BytesIO(heads)) as sheets:
        for page, sheet in zip(pdf.pages, sheets.pages, strict=True):
            head = pdf.copy_foreign(sheet.as_form_xobject())
            page.add_resource(head, Name.XObject, Name.Head)  # pikepdf's own underlay has a name by chance
            page.contents_add(b"q /Head Do Q\n", prepend=True)
        mend_tags(pdf, names)
        mend_letters(pdf, written)
        _mend_outline(pdf, headings)
        pdf.Root.PageMode = Name.UseOutlines
        stamp = "D:" + "".join((date.split("-") + ["01", "01"])[:3]) + "000000Z"
        pdf.docinfo = pdf.make_indirect(Dictionary())
        for name, text in {**properties, "/CreationDate": stamp, "/ModDate": stamp}.items():
            # Of a class of its own, as texts of a translation are, it would become a list of letters.
            pdf.docinfo[name] = str(text)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfuaid:part"] = "1"
            metadata["dc:title"] = properties["/Title"]
            metadata["dc:description"] = properties["/Subject"]
            metadata["dc:creator"] = [properties["/Author"]]
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def _mend_outline(pdf: Pdf, headings: Iterable[str]) -> None:
    """Close every entry of the outline and leave out the levels that would drown the chapters.

    Chromium leaves out the blank at which a line of a heading ends: what an entry says is found by its letters.
    """
    if Name.Outlines not in pdf.Root:
        return
    root = pdf.Root.Outlines
    root.Count = sum(1 for _ in _entries(root))
    words = {_letters(heading): heading for heading in headings}
    for entry in _entries(root):
        _mend(entry, words, _OUTLINE_DEPTH - 1)


def _mend(entry: Object, words: Mapping[str, str], depth: int) -> None:
    entry.Title = words.get(_letters(str(entry.Title)), str(entry.Title))
    if depth == 0:
        for name in (Name.First, Name.Last, Name.Count):
            if name in entry:
                del entry[name]
        return
    below = list(_entries(entry))
    if below:
        entry.Count = -len(below)
    for child in below:
        _mend(child, words, depth - 1)


def _letters(text: str) -> str:
    return "".join(text.split())


def _entries(parent: Object) -> Iterator[Object]:
    entry = parent.get(Name.First)
    while entry is not None:
        yield entry
        entry = entry.get(Name.Next)
