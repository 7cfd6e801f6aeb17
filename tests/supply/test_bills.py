"""Bills of materials hold what the audit saw, and the official schema of CycloneDX 1.6 takes them."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from auditor.model.inventory import Advisory, Package
from auditor.packs.reports import load_report
from auditor.report.view import View
from tests.report import hostile, sample

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def bill(view: View) -> dict[str, Any]:
    text = load_report("cyclonedx").render(view)
    assert isinstance(text, str)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    made: dict[str, Any] = json.loads(text)
    return made


def stocked(tmp_path: Path, *packages: Package) -> View:
    import msgspec

    from auditor.report.view import build

    plain = sample.sample(tmp_path)
    return build(msgspec.structs.replace(plain.snapshot, packages=packages), plain.verdict)


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Any]:
    hole = Advisory("PYSEC-1", ("CVE-1",), "a way out", "critical", 9.8, VECTOR, ("2.10.1",))
    return bill(
        stocked(
            tmp_path,
            Package("flask", "1.0", True, True, "clean", needs=(("jinja2", ">=2"),), licence="BSD-3-Clause"),
            Package("jinja2", "2.10", False, True, "vulnerable", "", "", (hole,), ("flask",), licence="MIT OR Apache-2.0"),
            Package("pytest", "8.3", True, False, "not audited", "why not"),
        )
    )


def test_every_package_is_a_component_with_its_address_licence_and_scope(made: dict[str, Any]) -> None:
    rows = [(one["purl"], one["scope"], str(one.get("licenses"))) for one in made["components"]]
    assert [row[:2] for row in rows] == [
        ("pkg:pypi/flask@1.0", "required"), ("pkg:pypi/jinja2@2.10", "required"), ("pkg:pypi/pytest@8.3", "excluded"),
    ]  # fmt: skip
    assert "BSD-3-Clause" in rows[0][2]
    assert "MIT OR Apache-2.0" in rows[1][2]


def test_who_brings_whom_is_the_graph(made: dict[str, Any]) -> None:
    graph = {one["ref"]: one.get("dependsOn", []) for one in made["dependencies"]}
    assert graph["flask==1.0"] == ["jinja2==2.10"]
    assert sorted(graph["project"]) == ["flask==1.0", "pytest==8.3"]


def test_a_hole_stands_with_its_rating_and_what_it_affects(made: dict[str, Any]) -> None:
    (hole,) = made["vulnerabilities"]
    assert (hole["id"], hole["ratings"][0]["severity"], hole["ratings"][0]["method"]) == ("PYSEC-1", "critical", "CVSSv31")
    assert VECTOR.endswith(hole["ratings"][0]["vector"])
    assert hole["affects"][0]["ref"] == "jinja2==2.10"


def test_what_nobody_audited_is_not_called_clean(made: dict[str, Any]) -> None:
    state = {one["name"]: {p["name"]: p["value"] for p in one["properties"]}["auditor:state"] for one in made["components"]}
    assert state == {"flask": "clean", "jinja2": "vulnerable", "pytest": "not audited"}
    assert made["metadata"]["properties"] == [{"name": "auditor:packages_not_audited", "value": "1"}]


def test_two_bills_of_one_audit_are_the_same_bytes(tmp_path: Path) -> None:
    view = sample.sample(tmp_path)
    assert load_report("cyclonedx").render(view) == load_report("cyclonedx").render(view)


@pytest.mark.parametrize("text", ["", "\x00\x1b[31m", "</script>", "a b/c@d?e#f", "\ud800"])
def test_hostile_names_break_no_bill(tmp_path: Path, text: str) -> None:
    hole = Advisory(text or "x", (text,), text, "unknown", None, text)
    view = stocked(tmp_path, Package(text, text, True, True, "vulnerable", text, text, (hole,), (text,), licence=text))
    bill(view)
    load_report("openvex").render(view)


def test_the_hostile_audit_of_the_reports_breaks_no_bill(tmp_path: Path) -> None:
    assert hostile
    assert bill(sample.sample(tmp_path))["bomFormat"] == "CycloneDX"
