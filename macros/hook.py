"""MkDocs hook: puts the project's root on the path, since `mkdocs` does not, and hands over to `macros.publish`.

MkDocs runs this file anew at every rebuild; forgetting our modules first lets `serve` see edits of Python too.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
for _name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
    del sys.modules[_name]

from macros.publish import on_config, on_files, on_page_content, on_page_markdown, on_post_build  # noqa: E402, F401
