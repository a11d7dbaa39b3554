"""Read the fields of a source from a file of a reference manager or a database.

In: a BibTeX, RIS, EndNote, RefWorks or CSL-JSON file. Out: an `item.Item` with the names of CSL, whatever the form was.
"""
