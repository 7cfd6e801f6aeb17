"""Advisories at hand: severities, aliases, and documents that are broken or make no sense: told with their place."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.errors import AuditorError
from auditor.supply.advisories.document import Broken, decode
from auditor.supply.advisories.ranges import Undecided, holds
from auditor.supply.advisories.severity import grave
from auditor.supply.advisories.shelf import shelf
from auditor.supply.audit import Supply, audit
from auditor.supply.options import SupplyOptions


def advisory(id_: str = "X-1", name: str = "jinja2", **more: Any) -> dict[str, Any]:
    """A document about one package; `versions`, `events` and `vector` fill it."""
    part: dict[str, Any] = {"package": {"name": name, "ecosystem": "PyPI"}, "versions": more.pop("versions", [])}
    if "events" in more:
        part["ranges"] = [{"type": "ECOSYSTEM", "events": more.pop("events")}]
    if "vector" in more:
        more["severity"] = [more.pop("vector")]
    return {"id": id_, "affected": [part], **more}


def audited(root: Path, pins: str, documents: dict[str, Any]) -> Supply:
    """The audit of a requirements file against a folder of documents."""
    (root / "shop").mkdir()
    (root / "shop" / "requirements.txt").write_text(pins)
    (root / "osv").mkdir()
    for name, body in documents.items():
        (root / "osv" / name).write_text(body if isinstance(body, str) else json.dumps(body, indent=1))
    return audit(root / "shop", SupplyOptions(advisories=root / "osv"))


@pytest.mark.parametrize(
    ("kind", "vector", "severity", "score"),
    [
        ("CVSS_V2", "AV:N/AC:L/Au:N/C:P/I:P/A:P", "high", 7.5),
        ("CVSS_V2", "AV:L/AC:H/Au:N/C:N/I:N/A:P", "low", 1.2),
        ("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "critical", 9.8),
        ("CVSS_V3", "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "medium", 6.1),
        ("CVSS_V4", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "critical", 9.3),
        ("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "none", 0.0),
        ("CVSS_V3", "CVSS:3.1/nonsense", "unknown", None),
        ("Ubuntu", "high", "unknown", None),
    ],
)
def test_a_severity_is_what_the_vectors_own_version_says(kind: str, vector: str, severity: str, score: float | None) -> None:
    document = decode(json.dumps(advisory(vector={"type": kind, "score": vector})).encode())
    rated = grave([document], "jinja2")
    assert (rated.severity, rated.score) == (severity, score)


def test_without_a_vector_an_aliass_counts_in_both_directions_and_without_one_it_is_unknown(tmp_path: Path) -> None:
    vector = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}
    answer = audited(
        tmp_path,
        "jinja2==2.10\nflask==1.0\n",
        {
            "a.json": advisory("PYSEC-1", versions=["2.10"], aliases=["CVE-1"]),
            "b.json": advisory("GHSA-1", "other", versions=["1"], aliases=["CVE-1"], vector=vector),
            "c.json": advisory("PYSEC-2", "flask", versions=["1.0"]),
        },
    )
    flask, jinja = answer.packages
    assert (jinja.severity, jinja.advisories[0].aliases) == ("critical", ("CVE-1", "GHSA-1"))
    assert flask.severity == "unknown"


def test_two_names_of_one_hole_are_told_once(tmp_path: Path) -> None:
    documents = {
        "a.json": advisory("PYSEC-1", versions=["2.10"], aliases=["CVE-1"]),
        "b.json": advisory("GHSA-1", versions=["2.10"], aliases=["CVE-1"]),
    }
    (jinja,) = audited(tmp_path, "jinja2==2.10\n", documents).packages
    assert [(one.id, one.aliases) for one in jinja.advisories] == [("PYSEC-1", ("CVE-1", "GHSA-1"))]


@pytest.mark.parametrize(
    ("events", "word"),
    [
        ([{"introduced": "soon"}], "'soon'"),
        ([{"introduced": "0"}, {"fixed": "never"}], "'never'"),
        ([{"fixed": "1.0"}], "does not begin"),
        ([], "does not begin"),
    ],
)
def test_a_range_that_is_nonsense_leaves_its_package_unaudited_and_the_others_are(
    tmp_path: Path, events: list[dict[str, str]], word: str
) -> None:
    documents = {"a.json": advisory(events=events), "b.json": advisory("X-2", "flask", versions=["1.0"])}
    answer = audited(tmp_path, "jinja2==2.10\nflask==1.0\nclick==8.1.0\n", documents)
    click, flask, jinja = answer.packages
    assert (click.state, flask.state, jinja.state) == ("clean", "vulnerable", "not audited")
    assert word in jinja.note
    (skip,) = answer.skipped
    assert word in skip.reason
    assert skip.path.startswith("osv/a.json")
    if "'" in word:
        line = int(skip.path.rpartition(":")[2])
        assert word.strip("'") in (tmp_path / "osv" / "a.json").read_text().splitlines()[line - 1]


def test_a_document_that_is_broken_leaves_what_it_is_about_unaudited(tmp_path: Path) -> None:
    documents = {
        "a.json": "{",
        "b.json": '{"id": 1, "affected": [{"package": {"name": "jinja2", "ecosystem": "PyPI"}}]}',
        "c.json": advisory("X-2", "flask", versions=["1.0"]),
    }
    answer = audited(tmp_path, "jinja2==2.10\nflask==1.0\n", documents)
    assert {one.name: one.state for one in answer.packages} == {"flask": "vulnerable", "jinja2": "not audited"}
    assert [skip.path for skip in answer.skipped] == ["osv/a.json", "osv/b.json"]


def test_a_withdrawn_advisory_and_those_of_other_ecosystems_do_not_count(tmp_path: Path) -> None:
    other = advisory("X-2", versions=["2.10"])
    other["affected"][0]["package"]["ecosystem"] = "npm"
    documents = {"a.json": advisory(versions=["2.10"], withdrawn="2026-01-01T00:00:00Z"), "b.json": other}
    (jinja,) = audited(tmp_path, "jinja2==2.10\n", documents).packages
    assert jinja.state == "clean"


def test_a_zip_with_one_damaged_document_still_answers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "osv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", json.dumps(advisory(versions=["2.10"])))
        archive.writestr("b.json", json.dumps(advisory("X-2", "flask", versions=["1.0"])) * 50)
    known = shelf(tmp_path / "osv.zip")
    assert [document.id for document in known.answer("jinja2", "2.10").documents] == ["X-1"]
    assert [skip.path for skip in known.skipped] == ["osv.zip/b.json"]


@pytest.mark.parametrize("name", ["missing", "empty", "no.zip"])
def test_a_place_without_advisories_is_a_mistake_of_the_users(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_text("no zip")
    with pytest.raises(AuditorError):
        shelf(tmp_path / name)


@pytest.mark.parametrize(
    ("version", "inside"),
    [
        ("0.9", False),
        ("1.0", True),
        ("1.5", True),
        ("2.0rc1", True),
        ("2.0", False),
        ("3.0", True),
        ("3.2", True),
        ("3.2.1", False),
    ],
)
def test_ranges_go_by_the_order_of_versions(version: str, inside: bool) -> None:
    events = [{"introduced": "1.0"}, {"last_affected": "3.2"}, {"introduced": "3.0"}, {"fixed": "2.0"}]
    assert holds(decode(json.dumps(advisory(events=events)).encode()), "jinja2", version) is inside


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_make_the_reader_fail(raw: bytes) -> None:
    try:
        decode(raw)
    except Broken:
        return


EVENTS = st.fixed_dictionaries({}, optional={"introduced": st.text(max_size=5), "fixed": st.text(max_size=5)})


@given(st.text(max_size=12), st.lists(EVENTS))
def test_no_range_makes_the_judge_fail(version: str, events: list[dict[str, str]]) -> None:
    document = decode(json.dumps(advisory(events=events)).encode())
    try:
        holds(document, "jinja2", version)
    except Undecided:
        return


def test_advisories_that_know_no_python_package_are_not_taken_for_a_clean_bill(tmp_path: Path) -> None:
    about_java = {"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "org:thing"}}]}
    (tmp_path / "X-1.json").write_text(json.dumps(about_java))
    with pytest.raises(AuditorError, match="holds no advisory about a Python package"):
        shelf(tmp_path)
