"""The words of the project at hand for another report: in its language, with every form of counting that this needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.editing.edit import data_of, with_values
from macros.editing.values import Layout, value_text
from macros.load.catalogues import LOCALE, MessageKey, certain, read_rows
from macros.load.translation import counted_in
from macros.model.locale import locale_of, plurals
from macros.model.report import Plural, Words
from macros.model.texts import translated
from macros.problems import Keys

WORDS = "data/words"
# Names of the figures of companies, of which each report has its own.
_METRICS = "company-metrics"
_HEAD = "# yaml-language-server: $schema=../schema/words.schema.json\n# Words that a newer generator brought.\n"


def own_language(root: Path) -> str:
    """Return the language of the data of a project."""
    return str(data_of((root / "data/report.yml").read_text(encoding="utf-8"))["language"])


def has_words(root: Path, language: str) -> bool:
    """Return whether a project has words in a language: its own, or one of which it has a catalogue."""
    is_own = locale_of(language).language == locale_of(own_language(root)).language
    return is_own or bool(_catalogue_language(root, language))


def _catalogue_language(root: Path, language: str) -> str:
    tags = (language, language.partition("-")[0])
    return next((tag for tag in tags if (root / LOCALE / tag / "words.po").is_file()), "")


def words_for(root: Path, language: str) -> dict[str, str]:
    """Return the files of words that a report in a language begins with, by name.

    They are translated as far as the project at `root` has a catalogue of that language.
    """
    found = {}
    for name, (text, words) in _words(root, language).items():
        if _METRICS in words.names:
            one = {"revenue": words.names[_METRICS].get("revenue", "Revenue")}
            words = words.model_copy(update={"names": {**words.names, _METRICS: one}})
        plain = _plain(words)
        head = text.partition("phrases:")[0]
        found[name] = text if data_of(text) == plain else head + _as_text(plain)
    return found


def add_words(root: Path, folder: Path, language: str) -> list[str]:
    """Add to the words of another report what those of the project at `root` have more, and return their names.

    Phrases and groups of names that are new go into a file of their own.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((folder / WORDS).glob("*.yml"))}
    new = folder / WORDS / "added.yml"
    known = [data_of(text) for text in texts.values()]
    phrases = {name for data in known for name in data["phrases"]}
    groups = {group: path for path, data in zip(texts, known, strict=True) for group in data["names"]}
    lacking: dict[str, dict[str, Any]] = {"phrases": {}, "names": {}}
    added = []
    for _, words in _words(root, language).values():
        plain = _plain(words)
        lacking["phrases"] |= {name: said for name, said in plain["phrases"].items() if name not in phrases}
        lacking["names"] |= {group: named for group, named in plain["names"].items() if group not in groups}
        for group in set(plain["names"]) & set(groups) - {_METRICS}:
            path, has = groups[group], data_of(texts[groups[group]])["names"][group]
            more: dict[Keys, Any] = {
                ("names", group, word): said for word, said in plain["names"][group].items() if word not in has
            }
            texts[path] = with_values(texts[path], more) if more else texts[path]
            added += [f"{keys[1]}.{keys[2]}" for keys in more]
    if any(lacking.values()):
        before = data_of(texts[new]) if new in texts else {"phrases": {}, "names": {}}
        texts[new] = _HEAD + _as_text({part: {**before[part], **more} for part, more in lacking.items()})
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return [*added, *lacking["phrases"], *lacking["names"]]


def _words(root: Path, language: str) -> dict[str, tuple[str, Words]]:
    """Return the files of words of a project by name: the text of each, and what it says in a language."""
    tag = _catalogue_language(root, language)
    said = certain(read_rows(root, tag, "words")).get("words", {}) if tag else {}
    forms = plurals(locale_of(language)) | {"other"}

    def say(place: str, text: Any) -> Any:
        if isinstance(text, Plural):
            told = said.get(MessageKey(place, (text.one or text.other, text.other)))
            full = counted_in(text, told, tag) if told else text
            counted = {form: getattr(full, form) or full.other for form in Plural.model_fields}
            return Plural(**{form: str(one) for form, one in counted.items() if form in forms})
        return said.get(MessageKey(place, text), text)

    found = {}
    for path in sorted((root / WORDS).glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        found[path.name] = text, translated(Words.model_validate(data_of(text)), say)
    return found


def _plain(words: Words) -> dict[str, Any]:
    return words.model_dump(exclude_none=True)


def _as_text(plain: Mapping[str, Mapping[str, Any]]) -> str:
    return (
        f"{_block('phrases', plain['phrases'])}\nnames:"
        + ("".join(f"\n  {_block(group, named, '    ')}" for group, named in plain["names"].items()) or " {}")
        + "\n...\n"
    )


def _block(name: str, values: Mapping[str, Any], indent: str = "  ") -> str:
    """Return a key with its values, a line each."""
    lines = [f"{name}:" if values else f"{name}: {{}}"]
    for key, value in values.items():
        start = f"{indent}{key}: "
        lines.append(start + value_text(value, Layout(len(start), 0, len(indent) + 2)))
    return "\n".join(lines)
