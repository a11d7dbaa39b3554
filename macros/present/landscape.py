"""To come."""

MACROS = ()
