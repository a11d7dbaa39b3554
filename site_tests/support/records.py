"""Records of the real report as they stand in its files, for tests that compare pages with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from site_tests.support.built import ROOT


def data_in(path: Path) -> Any:
    """Return the data of a YAML file, by libyaml: Python alone takes ten times as long."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def read(name: str) -> Any:
    return data_in(ROOT / "data" / name)


def read_all(folder: str) -> list[dict[str, Any]]:
    return [data_in(path) for path in sorted((ROOT / "data" / folder).glob("*.yml"))]


CLASSES = read_all("equipment")
PRIORITIES = read_all("priorities")
SUPPLIERS = read_all("suppliers")
EVENTS = read("timeline.yml")["events"]
CLAIMS = read("claims.yml")["claims"]
STAGES = [stage["id"] for stage in read("stages.yml")["stages"]]
HOME = set(read("report.yml")["home_market"]["countries"])
