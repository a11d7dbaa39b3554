"""Compute gaps, movement, confidence, scores and the acceptability of ranks: pure arithmetic on records.

In: a landscape. Out: `results.Results`, each value computed when it is first asked for. No wording, no clock, no disk.
May import load (the landscape) and model.
"""
