#!/bin/sh
# mkdocs-rss-plugin 1.19.0: a page that another plugin or a hook generates in memory ends the build with a TypeError.
#
# MkDocs 1.6 lets plugins add pages that have no file (File.generated with content=...); their abs_src_path is documented to be
# None. The RSS plugin looks every page up by that path, so the first generated page raises "expected str, bytes or os.PathLike
# object, not NoneType", and the site is not built. Backed by a file (abs_src_path=...), the same page is listed.
#
# Expected: the page in the feed, or left out of it. Exits with 1 once the build of such a page ends well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-rss-plugin==1.19.0
cd "$folder"
mkdir docs
printf '# Start\n' > docs/index.md
cat > hook.py <<'PYTHON'
import os
from pathlib import Path

from mkdocs.structure.files import File


def on_files(files, config):
    if os.environ["BACKED"] == "no":
        files.append(File.generated(config, "machine.md", content="# Machine\n"))
    else:
        path = Path(config.config_file_path).with_name("machine.txt")
        path.write_text("# Machine\n")
        files.append(File.generated(config, "machine.md", abs_src_path=str(path)))
    return files
PYTHON
printf 'site_name: Report\nsite_url: https://example.org/\nhooks: [hook.py]\nplugins: [{rss: {use_git: false}}]\n' > mkdocs.yml
BACKED=yes venv/bin/mkdocs build --quiet 2> /dev/null
backed=$(grep -c 'example.org/machine/' site/feed_rss_created.xml || true)
if BACKED=no venv/bin/mkdocs build --quiet 2> said.txt; then
    echo "the build of a page without a file ends well"
    exit 1
fi
echo "With a file behind it: $backed mentions in the feed. Without: $(tail -n 1 said.txt)"
[ "$backed" -gt 0 ]
grep -q 'not NoneType' said.txt
