"""Editing: change data files by program without touching what was not meant: values, places in a text, sets of files."""
