"""`python -m macros COMMAND`; `--help` lists the commands."""

import gc
import sys

from macros.cli.main import main

if __name__ == "__main__":
    gc.set_threshold(10_000, 20, 20)  # a command lives shortly, and frees most of what it makes by reference count
    status = main()
    gc.freeze()  # nothing of what was read need be looked through for garbage at the end
    sys.exit(status)
