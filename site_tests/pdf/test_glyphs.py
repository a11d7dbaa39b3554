"""Of letters that a font draws alike, the one that was written is told."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name, Pdf

from macros.pdf.glyphs import mend_letters

CONTENT = "金石户马，——〇"


@pytest.mark.parametrize(
    ("told", "mended"),
    [
        ("<45> <2FA6>", "<45> <91D1>"),  # the radical of metal, and metal
        ("<0145> <2FAF>", "<0145> <2FAF>"),  # that of faces, where no face is written
        ("<45> <2F3E>", "<45> <6237>"),  # three letters are drawn like this one: 户戶戸
        ("<45> <2EE2>", "<45> <9A6C>"),  # a radical of which Unicode tells no letter
        ("<45> <2015>", "<45> <2014>"),  # two dashes
        ("<0001> <0003> <2F6E>", "<0001> <0003> [<2F6E> <77F3> <2F70>]"),  # a row of glyphs; the second is a stone
        ("<0001> <0003> <0041>", "<0001> <0003> <0041>"),
        ("<45> <3007>", "<45> <3007>"),
    ],
)
def test_the_letter_that_was_written_is_told(told: str, mended: str) -> None:
    def table(line: str) -> bytes:
        return f"<00> <FF>\nendcodespacerange\n1 begintold\n{line}\nendtold\n".encode()

    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, ToUnicode=pdf.make_stream(table(told))))
    mend_letters(pdf, CONTENT)
    assert font.ToUnicode.read_bytes() == table(mended)
