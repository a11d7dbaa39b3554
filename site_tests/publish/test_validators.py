"""Validators and readers of others, which need Node and Java: make test-node installs them from site_tests/node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from site_tests.support.built import ROOT

pytestmark = pytest.mark.node

NODE = ROOT / "site_tests/node"
VALIDATE = [str(NODE / "node_modules/.bin/html-validate"), "--config", str(NODE / "html-validate.config.mjs")]
CHECK = ["java", "-Xss4m", "-jar", str(NODE / "node_modules/vnu-jar/build/dist/vnu.jar"), "--format", "json"]
READ = ["node", str(NODE / "read_package.js")]


def ran(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1200)


def with_slips(folder: Path) -> None:
    """Write a page that each validator must find fault with."""
    page = '<!doctype html><html lang="en"><head><title>x</title></head><body><p><div tabindex="">x</div></p></body></html>'
    (folder / "slips.html").write_text(page)


def is_materials(message: str, where: str) -> bool:
    """Whether it is about `autocomplete` on Material's check boxes: without it Firefox opens the drawer after a reload."""
    return "autocomplete" in message and ("__drawer" in where or "__search" in where)


def html_validate(folder: Path) -> Counter[str]:
    with NamedTemporaryFile() as report:  # into a pipe it writes no more than 64 kB
        done = ran([*VALIDATE, "--formatter", f"json={report.name}", "."], folder)
        assert done.returncode in (0, 1), done.stderr
        found = json.load(report)
    return Counter(
        f"{said['ruleId']}: {said['message']} at {said['selector']}, first in {Path(page['filePath']).name}"
        for page in found
        for said in page["messages"]
        if not is_materials(said["message"], said["selector"] or "")
    )


def vnu(folder: Path) -> Counter[str]:
    done = ran([*CHECK, "--errors-only", "--skip-non-html", "."], folder)
    assert done.stderr.startswith("{"), done.stderr
    return Counter(
        f"{said['message']} in {said['extract']}"
        for said in json.loads(done.stderr)["messages"]
        if not is_materials(said["message"], said["extract"])
    )


@pytest.mark.parametrize("validator", [html_validate, vnu])
def test_validator_finds_no_fault_on_any_page(validator, site: Path) -> None:
    assert validator(site) == Counter()


@pytest.mark.parametrize("validator", [html_validate, vnu])
def test_validator_would_find_what_is_wrong(validator, tmp_path: Path) -> None:
    with_slips(tmp_path)
    assert "tabindex" in " ".join(validator(tmp_path))


def test_node_reads_every_table_with_the_keys_between_them(site: Path) -> None:
    done = ran([*READ, "datapackage.json"], site / "downloads")
    assert done.returncode == 0, done.stderr
    package = json.loads((site / "downloads/datapackage.json").read_text(encoding="utf-8"))
    read = json.loads(done.stdout)
    assert set(read) == {resource["name"] for resource in package["resources"]}
    assert read["facts"] > 1000 and min(read.values()) > 0


def test_node_would_notice_a_key_that_leads_nowhere(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site / "downloads", tmp_path / "downloads")
    table = folder / "tables/equipment.csv"
    table.write_text(
        "\n".join(table.read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8"
    )  # all but one gone
    done = ran([*READ, "datapackage.json"], folder)
    assert done.returncode != 0 and "Foreign key" in done.stderr
