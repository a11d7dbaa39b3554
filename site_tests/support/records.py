"""Records of the real report as they stand in its files, for tests that compare pages with them."""

from __future__ import annotations

from typing import Any

import yaml

from site_tests.support.built import ROOT


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8"))


def read_all(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data" / folder).glob("*.yml"))]


CLASSES = read_all("equipment")
PRIORITIES = read_all("priorities")
SUPPLIERS = read_all("suppliers")
EVENTS = read("timeline.yml")["events"]
CLAIMS = read("claims.yml")["claims"]
STAGES = [stage["id"] for stage in read("stages.yml")["stages"]]
HOME = set(read("report.yml")["home_market"]["countries"])
