"""Say of each glyph of a printed PDF which letter was written, for whoever copies, searches or reads it aloud.

Fonts draw letters that look alike as one glyph: a radical, which stands in dictionaries alone, and the ideograph that it
is, or two dashes. Chromium may tell the one that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import normalize

from pikepdf import Dictionary, Name, Pdf

# A letter that Chromium may tell, and those it may stand for, where Unicode does not say so (NFKC).
_ALIKE = {
    pair[0]: pair[1:]
    for pair in (
        "―— ⼾户戶戸 "
        "⺂乛 ⺃乚 ⺅亻 ⺉刂 ⺋㔾 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺘扌 ⺙攵 ⺛旡 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺣灬 ⺤爫 ⺦丬 ⺨犭 ⺫罒 ⺭礻 "
        "⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺹耂 ⺺肀 ⺾艹 ⺿艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 "
        "⻖阝 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
    ).split()
}
# A glyph, or a first and a last one, and the letter told of it, in the tables that Chromium writes.
_TOLD = re.compile(r"^(<(\w+)>(?: <(\w+)>)?) <(\w{4})>$", re.MULTILINE)


def mend_letters(pdf: Pdf, written: Collection[str]) -> None:
    """Have the fonts of a PDF tell the letters that were written, wherever those and the ones they tell look alike."""
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get(Name.Type) == Name.Font and Name.ToUnicode in font:
            table = font.ToUnicode.read_bytes().decode("ascii")
            font.ToUnicode.write(_TOLD.sub(lambda told: _mended(told, written), table).encode("ascii"))


def _mended(told: re.Match[str], written: Collection[str]) -> str:
    glyphs, first, last, letter = told.groups()
    count = int(last, 16) - int(first, 16) + 1 if last else 1
    given = [chr(int(letter, 16) + place) for place in range(count)]
    right = [_letter(each, written) for each in given]
    if right == given:
        return told[0]
    codes = " ".join(f"<{ord(each):04X}>" for each in right)
    return f"{glyphs} [{codes}]" if last else f"{glyphs} {codes}"


def _letter(told: str, written: Collection[str]) -> str:
    """Return the letter that was written, of those drawn as the one told; or that one, if none was."""
    alike = _ALIKE.get(told) or normalize("NFKC", told)
    return next((letter for letter in (told, *alike) if letter in written), told)
