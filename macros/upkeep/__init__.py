"""Upkeep: what looks after a report between editions - what moved, what is stale, which addresses are dead.

In: projects or landscapes, at one revision or two. Out: what to tell an editor. May import check, derive and present.
"""
