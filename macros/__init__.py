"""The report generator: YAML data in, pages out, one module or package per stage.

load -> check -> derive -> present -> render -> publish; each stage knows only the ones before it, and only `publish` knows
MkDocs. `model` says what a record is, `charts` draws, `templates` and `theme` are what is printed; `calls` tries the macro
calls of prose without a page.

Beside that route: `export` makes the downloads, `share` what links and frames elsewhere show, and `pdf` the book; `editing`
writes into data files in place, for `new` (records) and `exchange` (tables); `upkeep` looks after the report between
editions; `sheets` writes for spreadsheets; `plain` serves other engines; `cores` shares work out; `kept`, `answered` and
`program` save time between runs; `continued` makes the pages on which long lists go on; `git` asks the repository.
"""
