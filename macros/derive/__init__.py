"""Derive: gaps, movement, confidence and scores as pure arithmetic on records; no wording, no clock, no disk."""
