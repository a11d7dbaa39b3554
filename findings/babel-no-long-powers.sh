#!/bin/sh
# Babel has no long compact numbers in Chinese, Japanese and Korean: asking for them ends in a KeyError.
#
# Tried: babel 2.18.0, format_compact_decimal of 150,000,000 in both styles.
# Guess: the long style is there in every language, as CLDR has it: where no long one is written, it is the short one.
# Seen: "150 million" in English and "150 Millionen" in German, but KeyError: 'long' in Chinese, Japanese, Korean and more than
# 400 other locales: CLDR says there that the long style is the short one, and babel follows that alias nowhere.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0
"$work/venv/bin/python" - <<'END'
from babel.localedata import locale_identifiers
from babel.numbers import format_compact_decimal


def said(locale, style):
    try:
        return format_compact_decimal(150_000_000, format_type=style, locale=locale, fraction_digits=1)
    except KeyError as error:
        return f"KeyError: {error}"


for locale in ("en", "de", "zh", "ja", "ko"):
    print(locale, said(locale, "short"), said(locale, "long"), sep="\t")
assert said("en", "long") == "150 million" and said("de", "long") == "150 Millionen"
assert [said(locale, "short") for locale in ("zh", "ja", "ko")] == ["1.5亿", "1.5億", "1.5억"]
assert {said(locale, "long") for locale in ("zh", "ja", "ko")} == {"KeyError: 'long'"}
assert sum(said(locale, "long") == "KeyError: 'long'" for locale in locale_identifiers()) > 400
END
