"""Look after a report between editions: find what moved, what is stale, and which addresses are dead.

In: projects or landscapes, at one revision or two. Out: reports for an editor. May import check, derive and present.
"""
