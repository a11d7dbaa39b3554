"""The report generator: YAML data in, pages out, one package a stage.

load -> check -> derive -> present -> render -> publish: each stage imports only those before it, and `publish` alone knows
MkDocs. `model` says what a record is, `charts` draws; `templates` and `theme` are what is printed.

Beside that route: `export` makes every file that is no page, `editing` writes into data files, `upkeep` compares and looks
after the report, `pdf` prints the book, and `cli` holds the commands. site_tests/test_imports.py holds the order.
"""

from pathlib import Path

# Symbolic links resolved: compiled templates are cached by the path of their source.
PACKAGE = Path(__file__).resolve().parent
TEMPLATES = PACKAGE / "templates"
THEME = PACKAGE / "theme"
