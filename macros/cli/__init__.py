"""The commands of `python -m macros`, one module a group; each returns its output. May import everything.

In: the arguments of a command. Out: its text and exit status. Modules are imported when their command is run.
"""
