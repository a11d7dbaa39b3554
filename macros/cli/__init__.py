"""Cli: one module a group of commands of `python -m macros`; each gives what it prints. May import everything.

In: the arguments of a command. Out: its text and exit status. Modules are imported when their command is run.
"""
