"""The report generator: YAML data in, pages out, one module per stage.

load -> check -> derive -> present -> publish; each stage knows only the ones before it.
"""
