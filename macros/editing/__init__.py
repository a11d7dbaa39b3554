"""Write new records, tables, editions and schemas into data files, and leave everything else in them unchanged.

In: a folder and what is wanted. Out: changed files, checked together with the whole project and written all or none.
`edit` changes values in a text, `change_set` holds the changed texts, `new_records` and `exchange` say what goes where.
May import load, check and present.
"""
