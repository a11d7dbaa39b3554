"""Chromium for the tests: the one that prints the PDF."""

from __future__ import annotations

from macros.pdf.browser import NoChromium, chromium, executable, find

__all__ = ("NoChromium", "chromium", "executable", "find")
