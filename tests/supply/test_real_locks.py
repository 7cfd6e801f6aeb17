"""Locks of released applications, of 100 to 170 packages: what uv itself says of them is what must come out."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from auditor.model.inventory import Package
from auditor.supply.audit import audit
from auditor.supply.options import SupplyOptions
from auditor.supply.packages import packages
from auditor.supply.stock import stock
from tests.supply.advisory_file import advisory_file
from tests.supply.locking import locked, uv

APPLICATIONS = ("pretix==2026.8.0", "apache-superset==6.1.0", "label-studio==1.23.2")
LINE = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


@pytest.fixture(scope="module", params=APPLICATIONS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return locked(tmp_path_factory.mktemp("locks") / "shop", request.param)


def read(root: Path) -> tuple[Package, ...]:
    found = stock(root)
    assert found.skipped == ()
    return packages(found)


def pins(text: str) -> set[tuple[str, str]]:
    return {(str(canonicalize_name(found[1])), found[2]) for line in text.splitlines() if (found := LINE.match(line))}


def versions(found: tuple[Package, ...]) -> set[tuple[str, str]]:
    return {(package.name, package.version) for package in found}


def test_every_package_of_the_lock_is_there_in_its_version(project: Path) -> None:
    found = read(project)
    assert 100 <= len(found) <= 400
    assert versions(found) == pins(uv(project, "export", "--frozen", "--no-hashes"))


def test_production_is_what_uv_installs_without_the_development_group(project: Path) -> None:
    live = {(one.name, one.version) for one in read(project) if one.production}
    assert live == pins(uv(project, "export", "--frozen", "--no-hashes", "--no-dev"))


def test_direct_is_what_the_manifest_asks_for(project: Path) -> None:
    found = read(project)
    assert {one.name for one in found if one.direct and not one.production} == {"pytest", "ruff"}
    assert len([one for one in found if one.direct and one.production]) == 1


def test_who_brings_whom_is_what_uv_notes_beside_each_package(project: Path) -> None:
    noted = bringers(uv(project, "export", "--frozen", "--no-hashes"))
    assert {one.name: set(one.brought_by) for one in read(project) if not one.direct} == {
        name: whom for name, whom in noted.items() if "shop" not in whom
    }


def bringers(text: str) -> Mapping[str, set[str]]:
    """What stands in the comments `# via` of an exported list."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if pin := LINE.match(line):
            name = str(canonicalize_name(pin[1]))
        elif (via := re.match(r"\s+#\s+(?:via\s+)?([\w.-]+)$", line)) and via[1] != "via":
            found.setdefault(name, set()).add(str(canonicalize_name(via[1])))
    return found


def test_the_same_packages_come_out_of_a_pylock(project: Path, tmp_path: Path) -> None:
    (tmp_path / "pylock.toml").write_text(uv(project, "export", "--frozen", "--format", "pylock.toml"))
    assert versions(read(tmp_path)) == versions(read(project))


def test_the_same_packages_come_out_of_a_compiled_requirements_file(project: Path, tmp_path: Path) -> None:
    text = uv(project, "export", "--frozen", "--no-emit-project", "--no-dev")
    (tmp_path / "requirements.txt").write_text(text)
    found = read(tmp_path)
    assert versions(found) == {(one.name, one.version) for one in read(project) if one.production}
    assert {one.name: one.brought_by for one in found if not one.direct} == {
        one.name: tuple(whom for whom in one.brought_by if whom in {two.name for two in read(project) if two.production})
        for one in read(project)
        if not one.direct and one.production
    }


def test_every_package_is_audited_against_the_whole_file(project: Path) -> None:
    answer = audit(project, SupplyOptions(advisories=advisory_file(), budget_s=120))
    assert {one.state for one in answer.packages} <= {"clean", "vulnerable"}
    assert len(answer.packages) >= 100
    assert answer.skipped == ()
