"""Upkeep: what looks after a report between editions - what moved, what is stale, which addresses are dead, the next edition."""
