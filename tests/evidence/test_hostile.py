"""Evidence comes from outside: nothing in it expands, fetches, leads out of the project, or passes for ours."""

import gzip
import json
import os
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.evidence import folder
from auditor.evidence.forms import sarif
from auditor.evidence.place import others, rooted
from auditor.evidence.recognise import recognise
from auditor.evidence.record import Evidence, Refused
from auditor.model.errors import AuditorError
from tests.evidence import made

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<coverage line-rate="1">&b;</coverage>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE coverage [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<coverage line-rate="1">&x;</coverage>"""
REFERRED = b"""<!DOCTYPE coverage SYSTEM "http://127.0.0.1:9/evil.dtd"><coverage line-rate="1">&x;</coverage>"""


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, REFERRED])
def test_entities_are_refused(text: bytes) -> None:
    with pytest.raises(Refused):
        recognise(text, "x")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   ", b"\x00\x01\x02", b"<html/>", b"<coverage", b"[1, 2]", b"{}", b"[]", b"null", b"words",
        b'{"runs": [], "version": "2.1.0"}', b'{"totals": 3, "files": {}}', b'{"metrics": {"http_req_duration": []}}',
        b"<coverage clover='1'><project/></coverage>", b"[" * 100_000, b'{"a":' * 100_000, b"\x1f\x8bbroken",
        b'{"auditor_evidence": 1}', b'{"auditor_evidence": 2, "kind": "x", "tool": "x", "file": "x", "taken_at": ""}',
        b'{"status": "success", "data": 4}', b'{"runs": [{"tool": {"driver": {"name": "auditor"}}}], "version": "2.1.0"}',
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused, match=r"\w+ \w+"):
        raise Refused(f"says nothing that is known: {recognise(data, 'x', 'a.b').known}")


def test_deep_markup_is_read_without_falling_over() -> None:
    deep = b"<coverage line-rate='0.5'>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</coverage>"
    assert recognise(deep, "x").measures[0].value == 50


def test_a_gzip_bomb_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.evidence import recognise as module

    monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    bomb = tmp_path / "bomb"
    bomb.write_bytes(gzip.compress(b"0" * (8 << 20)))
    with pytest.raises(Refused, match="unpacked it is larger"):
        module.read(bomb)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
KEYS = ("runs", "version", "totals", "files", "meta", "metrics", "status", "data", "results", "auditor_evidence", "errorType")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5) | st.lists(JSON, max_size=3))
def test_any_json_is_read_or_refused(page: object) -> None:
    with suppress(Refused):
        recognise(json.dumps(page).encode("utf-8", "surrogatepass"), "x", "a.b")


RESULT = st.fixed_dictionaries(
    {},
    optional={
        "ruleId": JSON, "ruleIndex": JSON, "rule": JSON, "level": JSON, "message": JSON, "locations": JSON, "kind": JSON,
        "suppressions": JSON, "properties": JSON, "baselineState": JSON,
    },
)  # fmt: skip
PLACED = st.builds(
    lambda one, place: {**one, "locations": [{"physicalLocation": place}]},
    RESULT,
    st.fixed_dictionaries({"artifactLocation": st.fixed_dictionaries({"uri": st.text(max_size=40)})}, optional={"region": JSON}),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RESULT | PLACED, max_size=4), JSON, JSON)
def test_any_result_of_sarif_is_read_or_counted_and_stays_inside(results: list[object], name: object, rules: object) -> None:
    page = {"runs": [{"tool": {"driver": {"name": name, "rules": rules}}, "results": results}]}
    try:
        found = rooted(sarif.sarif(page, "x"), Path("/nowhere"))
    except Refused:
        return
    for one in found.findings:
        assert not one.location.path.startswith("/")
        assert ".." not in one.location.path.split("/")
        assert 1 <= one.location.line < sarif.MOST_LINES


@pytest.mark.parametrize("uri", ["../../etc/passwd", "a/../../x", "file:///etc/passwd", "/etc/passwd", "https://x.example/a.py",
                                 "..%2f..%2fetc/passwd", "C:\\Windows\\x.py", "a\\..\\..\\x"])  # fmt: skip
def test_a_path_out_of_the_project_makes_no_finding_and_is_counted(uri: str, tmp_path: Path) -> None:
    found = rooted(recognise(made.sarif(made.result(uri=uri)), "x"), tmp_path)
    assert found.findings == ()
    assert found.notes == ("1 results lie outside the project",)


def test_a_link_in_the_tree_leads_no_finding_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("token = 1\n")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(outside)
    assert rooted(recognise(made.sarif(made.result(uri="link/secret.py")), "x"), root).findings == ()


def test_a_tool_that_calls_itself_like_a_pack_of_ours_is_renamed() -> None:
    piece = recognise(made.sarif(made.result("broad-except"), tool="Errors"), "x")
    (only,) = others(piece, frozenset({"errors"}), {})
    assert only.rule == "other-errors/broad-except"


def test_a_record_that_somebody_wrote_by_hand_names_no_rule_of_ours() -> None:
    piece = recognise(made.sarif(made.result("x"), tool="bandit"), "x")
    forged = msgspec.structs.replace(
        piece, findings=tuple(msgspec.structs.replace(one, rule="security/todo", facts={}) for one in piece.findings)
    )
    again = recognise(msgspec.json.encode(forged), "x")
    (only,) = others(again, frozenset({"security"}), {})
    assert (only.rule, only.facts["tool"]) == ("other-security/todo", "bandit")


def test_links_pipes_and_foreign_files_in_the_folder_are_told_and_not_read(tmp_path: Path) -> None:
    place = tmp_path / "evidence"
    place.mkdir()
    (place / "README.md").write_text("what lies here\n")
    (place / "words.txt").write_text("no evidence\n")
    (place / "passwd").symlink_to("/etc/passwd")
    os.mkfifo(place / "pipe")
    found, skipped = folder.load(tmp_path, "evidence")
    assert found == ()
    assert [one.path for one in skipped] == ["evidence/passwd", "evidence/pipe", "evidence/words.txt"]
    assert all(one.kind == "unread" for one in skipped)


def test_a_package_that_is_called_evidence_is_code_and_its_records_are_read_still(tmp_path: Path) -> None:
    place = tmp_path / "evidence"
    place.mkdir()
    for name in ("__init__.py", "models.py", "data.json", "notes.yml"):
        (place / name).write_text("{}")
    folder.save(tmp_path, "evidence", Evidence(kind="k6", tool="k6", file="k6.json", taken_at=""))
    found, skipped = folder.load(tmp_path, "evidence")
    assert [one.file for one in found] == ["k6.json"]
    assert skipped == ()


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "evidence").symlink_to(tmp_path / "elsewhere")
    assert folder.load(tmp_path, "evidence") == ((), ())


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    piece = Evidence(kind="k6", tool="k6", file="k6.json", taken_at="")
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "evidence").mkdir(parents=True)
    outside.mkdir()
    (outside / "kept").write_text("as it was")
    for name in (folder.record_name(piece), f".{folder.record_name(piece)}.part"):
        (root / "evidence" / name).symlink_to(outside / "kept")
    folder.save(root, "evidence", piece)
    assert (outside / "kept").read_text() == "as it was"
    (root / "linked").symlink_to(outside)
    with pytest.raises(AuditorError, match="leads out of the project"):
        folder.save(root, "linked", piece)


def test_a_records_name_takes_no_path_from_the_file(tmp_path: Path) -> None:
    piece = Evidence(kind="k6", tool="k6", file="../../x\n/..\\evil", taken_at="")
    saved = folder.save(tmp_path, "evidence", piece)
    assert saved.parent == tmp_path / "evidence"
