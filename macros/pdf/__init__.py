"""Print the whole report as one tagged PDF, for reading away from the screen and for the archive.

In: a project. Out: a file. May import render and present; nothing here knows the site's engine.

Made by headless Chromium, finished by pikepdf. Chromium, because it lays out the very stylesheet of the site (grids,
SVG, `color-mix`, multiple columns), prints some hundred pages in seconds, tags them for screen readers, draws running
heads and page numbers from `@page` rules, and is on this project's machines already, for the tests. WeasyPrint can
number a table of contents by itself (`target-counter`, which Chromium lacks: here a second pass fills the numbers in),
but needs Pango and its companions on the system, knows only part of that stylesheet, so that the report would need a
second look to be kept in step with the first, and is slow on tables as large as these.

`chapters` says what the book holds, `markup` and `anchors` make the pages of a site parts of one document, `book`
composes it, `printing` prints it, `finish` gives it outline and properties.
"""
