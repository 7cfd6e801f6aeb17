"""The whole file of advisories against every version that it names, and pip-audit's own answer package by package."""

from pathlib import Path

import msgspec
import pytest
from packaging.version import InvalidVersion, Version

from auditor.supply.advisories.answers import at_hand
from auditor.supply.advisories.document import Document
from auditor.supply.advisories.loopback import serve
from auditor.supply.advisories.process import ask
from auditor.supply.advisories.ranges import Undecided, holds
from auditor.supply.advisories.shelf import Shelf, shelf
from auditor.supply.network.line import Budget
from tests.supply.advisory_file import advisory_file

CONTRADICTIONS = {
    ("PYSEC-2021-114", "wagtail", "2.11.6"),
    ("PYSEC-2022-236", "pyspark", "3.1.1"),
    ("PYSEC-2023-177", "gevent", "23.9.0"),
    ("PYSEC-2023-72", "pyspark", "3.1.1"),
}
"""Versions that the advisory itself lists as affected and names as fixed: they count as affected."""


@pytest.fixture(scope="module")
def file() -> Path:
    return advisory_file()


@pytest.fixture(scope="module")
def known(file: Path) -> Shelf:
    return shelf(file)


@pytest.fixture(scope="module")
def in_force(known: Shelf) -> tuple[Document, ...]:
    """The documents that are not withdrawn."""
    return tuple(document for document in known.documents if not document.withdrawn)


def listed(documents: tuple[Document, ...]) -> dict[tuple[str, str], set[str]]:
    """The ids of the advisories that list a version as affected, by (name, version)."""
    found: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for name in document.names:
            for part in document.about(name):
                for version in part.versions:
                    found.setdefault((name, version), set()).add(document.id)
    return found


def test_every_version_that_an_advisory_lists_is_found(known: Shelf, in_force: tuple[Document, ...]) -> None:
    missed = {
        (name, version): ids - {document.id for document in known.answer(name, version).documents}
        for (name, version), ids in listed(in_force).items()
    }
    assert len(missed) > 30_000
    assert {pin: ids for pin, ids in missed.items() if ids} == {}


def test_no_withdrawn_advisory_is_found(known: Shelf) -> None:
    withdrawn = tuple(document for document in known.documents if document.withdrawn)
    assert withdrawn
    for (name, version), ids in listed(withdrawn).items():
        assert not ids & {document.id for document in known.answer(name, version).documents}


def test_every_fixed_version_is_clean_of_its_advisory(in_force: tuple[Document, ...]) -> None:
    fixed = {(one.id, name, version) for one in in_force for name in one.names for version in one.fixed(name)}
    assert len(fixed) > 1_600
    by_id = {one.id: one for one in in_force}
    assert {(id_, name, version) for id_, name, version in fixed if holds(by_id[id_], name, version)} == CONTRADICTIONS


def test_the_ranges_alone_say_the_same_as_the_lists_of_versions(in_force: tuple[Document, ...]) -> None:
    """The lists were written by another program than ours, from the same ranges: two answers to one question."""
    same, other = 0, set()
    for document in in_force:
        ranged = tuple(part for part in document.affected if any(one.type == "ECOSYSTEM" for one in part.ranges))
        bare = msgspec.structs.replace(document, affected=tuple(msgspec.structs.replace(part, versions=()) for part in ranged))
        for name in document.names if len(ranged) == len(document.affected) else ():
            for version in {text for part in document.about(name) for text in part.versions}:
                try:
                    agreed = holds(bare, name, version)
                except Undecided:
                    with pytest.raises(InvalidVersion):
                        Version(version)
                    continue
                same += agreed
                other |= set() if agreed else {(document.id, version)}
    assert same > 135_000
    assert len(other) <= 14, sorted(other)


def test_pip_audit_says_the_same_package_by_package(file: Path, known: Shelf, in_force: tuple[Document, ...]) -> None:
    """For every package of the file: a version that is affected, one that is fixed, one that nobody ever heard of."""
    pins = set()
    by_name: dict[str, list[str]] = {}
    for name, version in sorted(listed(in_force)):
        try:
            by_name.setdefault(name, []).append(str(Version(version)))
        except InvalidVersion:
            continue
    fixed = {name: version for one in in_force for name in one.names for version in one.fixed(name)[-1:]}
    for name, versions in by_name.items():
        pins |= {(name, versions[len(versions) // 2]), (name, "99999"), *([(name, fixed[name])] if name in fixed else [])}
    told = at_hand(tuple(sorted(pins)), file, Budget(300)).told
    with serve({pin: known.answer(*pin).documents for pin in pins}) as server:
        audited = ask(pins, ("-s", "osv", "--osv-url", server.url), 300)
    assert len(by_name) > 600
    assert audited.keys() == told.keys() == pins
    for pin, answer in audited.items():
        names = {name for one in told[pin].advisories for name in one.names}
        assert {vuln.id for vuln in answer.vulns} <= names, pin
        assert (told[pin].state == "vulnerable") == bool(answer.vulns), pin
        assert told[pin].state in ("clean", "vulnerable"), pin
    assert sum(one.state == "vulnerable" for one in told.values()) > 600
    assert all(told[name, "99999"].state in ("clean", "vulnerable") for name in by_name)
