"""The hook for MkDocs: put the project's root on the import path, since `mkdocs` does not, and call `macros.publish`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from macros.publish.hooks import (  # noqa: E402, F401
    on_build_error,
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_content,
    on_page_context,
    on_page_markdown,
    on_page_read_source,
    on_post_build,
    on_post_page,
    on_post_template,
    on_pre_build,
    on_serve,
    on_startup,
)
