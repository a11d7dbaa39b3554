"""`python -m macros COMMAND`; `--help` lists the commands."""

import gc
import sys

from macros.cli.main import main

if __name__ == "__main__":
    gc.set_threshold(10_000, 20, 20)  # a command runs briefly, and reference counting frees most of its objects
    try:
        status = main()
    except ModuleNotFoundError as error:
        if (error.name or "macros").startswith("macros"):
            raise
        sys.exit(
            f"{error.name} is not installed for this Python. Run make check, which sets it up; then: . .venv/bin/activate"
        )
    gc.freeze()  # the collector need not scan what the imports made
    sys.exit(status)
