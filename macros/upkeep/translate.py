"""Translate: bring the catalogues of a language up to date with data and prose, and say what is left to do.

No translation is lost: what changed keeps its old one, marked fuzzy; what is gone goes to the end, as obsolete.

Poedit, Weblate and others edit the catalogues; the context of an entry is record and field, or page. A text whose source
changed since is fuzzy, and pages show it in the language of the source, marked. `check` counts those, and refuses a
translation that differs from its source in figures, units, ids or macro calls, or calls a machine, a company or a term
otherwise than the data do; a comment on the entry with the rule's name lets it pass. `check --fresh` refuses what is not
translated. `make serve` shows every language, `pdf build/report.de.pdf --language de` prints one, and the site offers that
file beside `build/report.pdf`. Data downloads stay one set, with the texts of all languages.

The name of a unit may begin with another power of ten than its source, as languages count: where "billion KRW" is named by
hundred millions, pages and charts show ten times the figure. The downloads keep figures and units as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize, write_po

from macros.cache import write_whole
from macros.check import validated
from macros.load import load
from macros.load.catalogues import LOCALE, Id, MessageKey, is_translated, read_catalogue, texts_of
from macros.load.pages import read_texts
from macros.model.base import first_day
from macros.problems import ProblemsFound

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_QUOTED_LINE = re.compile(rf"(?:msgid(?:_plural)? )?{_QUOTED.pattern}")
_COMMENTED = re.compile(r"(?:^#\| .*\n)+", re.MULTILINE)


class Work(NamedTuple):
    """What is in a catalogue, in numbers of texts; `words` are those of the source still to be translated."""

    name: str
    texts: int
    missing: int
    fuzzy: int
    gone: int
    words: int
    all_words: int


def translate(root: Path, language: str) -> list[Work]:
    """Write the catalogues of a language and return what is left to do in each."""
    project = load(root)
    draft = validated(project)
    if language == draft.only("report").language:
        wrong = f"the report is in {language} itself"
        place = project.documents["data/report.yml"]
        raise ProblemsFound(
            [place.problem(("language",), wrong, "name another language", "allowed-value")], "Nothing was written"
        )
    pages, problems = read_texts(root)
    if problems:
        raise ProblemsFound(problems)
    texts = texts_of(draft, pages, language)
    folder = root / LOCALE / language
    day = datetime.fromisoformat(first_day(max(edition.date for edition in draft.only("report").editions)))
    old = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.glob("**/*.po")}
    done = []
    for name in (*texts, *sorted(old.keys() - texts)):
        path = folder / f"{name}.po"
        before = read_catalogue(path, root) if name in old else None
        after = updated(before, texts.get(name, ()), language, day.replace(tzinfo=UTC))
        content = po_bytes(after)
        if name not in old or content != path.read_bytes():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        done.append(work_in(name, after))
    return done


def updated(old: Catalog | None, texts: Iterable[MessageKey], language: str, day: datetime) -> Catalog:
    """Return a catalogue of these texts, in their order, with what the old one has for them."""
    new = Catalog(
        Locale.parse(language, sep="-"),
        project="-", version="-", fuzzy=False, header_comment="",
        creation_date=old.creation_date if old else day,
        revision_date=old.revision_date if old else day,
        last_translator=old.last_translator if old else None,
        language_team=old.language_team if old else None,
    )  # fmt: skip
    texts = list(texts)
    left = {MessageKey(message.context or "", _id_of(message.id)): message for message in old or () if message.id}
    kept = {key: left.pop(key) for key in texts if key in left}
    revived = {
        MessageKey(message.context or "", _id_of(message.id)): message
        for message in (old.obsolete if old else {}).values()
    }
    for context, id in texts:
        key = MessageKey(context, id)
        if key in kept:
            _take(new, key, kept[key], previous=_previous(kept[key]))
        elif source := _source(key, left):
            message = left.pop(source)
            _take(new, key, message, previous=_previous(message) or source.id)
        elif key in revived:  # babel forgets whether it was fuzzy
            _take(new, key, revived.pop(key), previous=id)
        else:
            new.add(id, context=context)
    for key, message in (*left.items(), *revived.items()):
        if _has_any(message):
            new.obsolete[key] = message  # type: ignore[index]
    return new


def _source(key: MessageKey, left: dict[MessageKey, Message]) -> MessageKey | None:
    """Return the entry that a new text was most likely made of: one of its place, else the same text elsewhere."""
    here = [one for one in left if one.context == key.context and type(one.id) is type(key.id)]
    if here:
        return max(here, key=lambda one: SequenceMatcher(None, str(one.id), str(key.id), False).ratio())
    return next((one for one in left if one.id == key.id), None)


def _take(new: Catalog, key: MessageKey, message: Message, previous: Id | None) -> None:
    """Enter a text with the translation of a message; fuzzy if it was made of another text."""
    is_fuzzy = _has_any(message) and (message.fuzzy or previous is not None)
    said = [comment for comment in message.user_comments if not comment.startswith("|")]
    before = (previous if isinstance(previous, tuple) else (previous,)) if is_fuzzy and previous else ()
    flags = {flag for flag in message.flags if flag != "fuzzy"} | ({"fuzzy"} if is_fuzzy else set())
    new.add(key.id, message.string, flags=flags, user_comments=said, previous_id=before, context=key.context)


def _previous(message: Message) -> Id | None:
    """Return the text that a fuzzy message was made of. Babel reads it as comments, broken into lines."""
    text = " ".join(comment[1:].strip() for comment in message.user_comments if comment.startswith("|"))
    parts = [denormalize("\n".join(_QUOTED.findall(part))) for part in re.split(r"msgid(?:_plural)? ", text)[1:]]
    return (parts[0], parts[1]) if len(parts) == 2 else parts[0] if parts else None


def _id_of(id: object) -> Id:
    return (id[0], id[1]) if isinstance(id, (tuple, list)) else str(id)


def _has_any(message: Message) -> bool:
    return any(message.string) if isinstance(message.string, tuple) else bool(message.string)


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file."""
    file = BytesIO()
    for message in catalogue:
        # Babel takes "90 % of cells" for a pattern of Python, and checkers then ask for the same in every language.
        message.flags -= {"python-format", "python-brace-format"}
    write_po(file, catalogue, width=100, include_previous=True)
    return _COMMENTED.sub(_each_on_its_line, file.getvalue().decode()).lstrip("\n").encode()


def _each_on_its_line(comment: re.Match[str]) -> str:
    """Return the text before with each string on a line: Babel breaks lines within strings, which gettext refuses."""
    text = " ".join(line.removeprefix("#| ") for line in comment.group().splitlines())
    return "".join(f"#| {line}\n" for line in _QUOTED_LINE.findall(text))


def work_in(name: str, catalogue: Catalog) -> Work:
    """Return what is left to do in a catalogue."""
    messages = [message for message in catalogue if message.id]
    missing = [message for message in messages if not is_translated(message.string)]
    fuzzy = [message for message in messages if message.fuzzy and is_translated(message.string)]
    return Work(
        name,
        len(messages),
        len(missing),
        len(fuzzy),
        len(catalogue.obsolete),
        sum(map(_words, (*missing, *fuzzy))),
        sum(map(_words, messages)),
    )


def _words(message: Message) -> int:
    return len((message.id if isinstance(message.id, str) else message.id[1]).split())
