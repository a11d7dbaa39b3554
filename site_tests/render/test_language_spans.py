"""Texts in other scripts say their language once."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from macros.render.language_spans import with_language_spans


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>made by 先导</p>", '<p>made by <span lang="zh">先导</span></p>'),
        ('<b lang="zh-Hans">先导 (CN) 智能</b>', '<b lang="zh-Hans">先导 (CN) 智能</b>'),
        ('<b lang="zh-Hans">A <b>B</b> 先导</b> 卷绕', '<b lang="zh-Hans">A <b>B</b> 先导</b> <span lang="zh">卷绕</span>'),
        ('<i lang="ko">A <b>한국</b></i>', '<i lang="ko">A <b>한국</b></i>'),
    ],
)  # fmt: skip
def test_a_text_whose_language_is_said_is_not_marked_again(html: str, expected: str) -> None:
    assert with_language_spans(Markup(html)) == expected
