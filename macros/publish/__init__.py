"""Publish the report as a site of MkDocs, which no other package knows.

In: a project that passes its checks, and mkdocs.yml. Out: the built site, in its place whole or not at all.
`hooks` answers the engine's events, `build` is the command that builds, `serve` keeps a served site fresh, `editions` joins
the site of several editions. It may import every other stage.
"""
