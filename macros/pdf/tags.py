"""Add the tags that PDF/UA requires and Chromium does not write.

What is painted without a tag is decoration; links have names; items of lists have bodies; roles that PDF 1.7 does not know
stand for one that it knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Pdf,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

_ROLES = {"/Em": Name.Span, "/Strong": Name.Span}
_PATH = frozenset("m re".split())
_NOT_PAINTED = "n"
_PAINTS = frozenset("S s f F f* B B* b b* Tj TJ ' \" Do sh INLINE IMAGE".split())
_BEGIN = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = ContentStreamInstruction([], Operator("EMC"))


def mend_tags(pdf: Pdf, names: Mapping[str, list[str]]) -> None:
    """Mend the tags of a PDF in place; `names` are those of its links by where they lead, in the order of the document."""
    for page in pdf.pages:
        page.Contents = pdf.make_stream(unparse_content_stream(list(_with_artifacts(page))))
    for form in pdf.objects:
        if isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form and _is_tagged(form):
            form.write(unparse_content_stream(list(_with_artifacts(form))))
    left = {_plain(href): list(texts) for href, texts in names.items()}
    roles = {}
    for element in list(_elements(pdf.Root.StructTreeRoot.K)):
        kind = str(element.S)
        if kind in _ROLES:
            roles[kind] = _ROLES[kind]
        elif kind == "/LI":
            _give_body(pdf, element)
        elif kind == "/Link":
            _name(element, left)
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(roles)


def _with_artifacts(content: Page | Object) -> Iterator[Any]:
    """Yield the instructions of a page or a form with what it paints outside of every tag marked as decoration."""
    within: list[bool] = []  # of each marked content that is open, whether it is tagged or decoration
    path: list[Any] = []
    forms = content.get(Name.Resources, Dictionary()).get(Name.XObject, Dictionary())
    for instruction in parse_content_stream(content):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            within.append(_is_settled(instruction))
        elif operator == "EMC":
            within.pop()
        if any(within):
            yield instruction
        elif path or operator in _PATH:  # nothing but the path may stand between its start and its painting
            path.append(instruction)
            if operator in _PAINTS or operator == _NOT_PAINTED:
                yield from path if operator == _NOT_PAINTED else (_BEGIN, *path, _END)
                path = []
        elif operator == "Do" and _is_tagged(forms[str(instruction.operands[0])]):
            yield instruction
        elif operator in _PAINTS:
            yield from (_BEGIN, instruction, _END)
        else:
            yield instruction


def _is_settled(marked: Any) -> bool:
    """Return whether marked content is tagged or decoration: it may also just say for which text letters stand."""
    kind, *properties = marked.operands
    return kind == Name.Artifact or any(isinstance(part, Dictionary) and Name.MCID in part for part in properties)


def _is_tagged(form: Object) -> bool:
    """Return whether a form has tags within, as groups of a drawing have."""
    return form.get(Name.Subtype) == Name.Form and b"/MCID" in form.read_bytes()


def _elements(node: Object | None) -> Iterator[Any]:
    """Yield the elements of the tree of tags in reading order."""
    if isinstance(node, Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, Dictionary) and Name.S in node:
        yield node
        yield from _elements(node.get(Name.K))


def _children(element: Object) -> list[Object]:
    children = element.get(Name.K, Array())
    return list(children) if isinstance(children, Array) else [children]


def _give_body(pdf: Pdf, item: Object) -> None:
    """Put all of a list's item but its sign into a body."""
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array()))
    kept = Array()
    for child in _children(item):
        if isinstance(child, Dictionary) and child.get(Name.S, Name.Lbl) != Name.Lbl:
            child.P = body
            body.K.append(child)
        else:
            kept.append(child)
    if len(body.K):
        item.K = Array([*kept, body])


def _name(link: Object, left: dict[str, list[str]]) -> None:
    """Give a link, on each of the lines it is broken over, its name."""
    notes = [child.Obj for child in _children(link) if isinstance(child, Dictionary) and Name.Obj in child]
    if not notes:
        return
    href = f"#{str(notes[0].Dest)[1:]}" if Name.Dest in notes[0] else str(notes[0].A.URI)
    texts = left.get(_plain(href)) or [href]
    text = texts.pop(0) if len(texts) > 1 else texts[0]
    for note in notes:
        note.Contents = text or href
    if len(notes) == len(_children(link)):  # nothing of it is painted
        link.Alt = text or href


def _plain(href: str) -> str:
    """Return an address as a document and Chromium write it alike."""
    return unquote(href).removesuffix("/")
