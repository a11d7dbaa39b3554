"""Render pages of prose and blocks through Jinja into Markdown, with a slot for every printed value.

In: pages and the book. Out: `site.Site`, whose pages are Markdown with slots, to be filled once an engine has converted it.
`calls` and `validation` try what pages ask for before any is made; `list_pages` cuts long lists; `glossary_links` and
`language_spans` mark terms and foreign texts. Knows no engine. May import check, derive, charts and present.
"""
