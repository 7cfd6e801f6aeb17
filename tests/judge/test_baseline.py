"""A baseline knows findings across edits, merges like a list, and is never read from what is none."""

import json
from pathlib import PurePath

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge.baseline import Baseline, Entry, make, merge, new_findings, read, take, write
from auditor.model.errors import AuditorError
from auditor.model.finding import Finding, fingerprint
from tests.judge.values import finding, suppressed

FILE = PurePath("auditor-baseline.json")
ENTRIES = st.builds(Entry, st.text(max_size=9), st.text(max_size=9), st.text("0123456789abcdef", min_size=16, max_size=16))
BASELINES = st.lists(ENTRIES, max_size=9).map(lambda found: Baseline(version=1, findings=tuple(sorted(set(found)))))
LINES = st.lists(st.sampled_from(["except Exception:", "  except  Exception:", "x = 1", "raise Exception()", ""]), max_size=12)


def findings_of(lines: list[str]) -> tuple[Finding, ...]:
    """A finding on each line that holds `Exception`, with the fingerprints that such lines get."""
    found: list[Finding] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        text = " ".join(line.split())
        if "Exception" in line:
            print_ = fingerprint("errors/x", "a.py", line, seen.get(text, 0))
            found.append(msgspec.structs.replace(finding("errors/x", path="a.py", line=number), fingerprint=print_))
            seen[text] = seen.get(text, 0) + 1
    return tuple(found)


def test_what_is_known_is_not_new() -> None:
    known, new = finding(line=1), finding(line=2)
    baseline = read(make((known,)), FILE)
    assert new_findings((known, new), baseline.fingerprints) == (new,)


@given(LINES, st.lists(st.sampled_from(["import os", "# a comment", "", "y = 2"]), max_size=9))
def test_edits_above_a_finding_do_not_make_it_new(lines: list[str], above: list[str]) -> None:
    baseline = take(findings_of(lines))
    assert new_findings(findings_of([*above, *lines]), baseline.fingerprints) == ()


@given(LINES)
def test_another_indent_does_not_make_a_finding_new(lines: list[str]) -> None:
    assert new_findings(findings_of([f"    {line}" for line in lines]), take(findings_of(lines)).fingerprints) == ()


@given(LINES, st.integers(0, 12))
def test_one_more_of_the_same_is_exactly_one_new_finding(lines: list[str], place: int) -> None:
    more = [*lines[:place], "except Exception:", *lines[place:]]
    assert len(new_findings(findings_of(more), take(findings_of(lines)).fingerprints)) == 1


def test_suppressed_findings_are_not_written_down() -> None:
    assert take((msgspec.structs.replace(finding(), suppressed=suppressed()),)).findings == ()


@given(BASELINES)
def test_what_is_written_is_read_again(baseline: Baseline) -> None:
    assert read(write(baseline), FILE) == baseline


def test_the_file_has_a_line_a_finding_in_sorted_order() -> None:
    text = make((finding(path="b.py"), finding(path="a.py"), finding(path="a.py"))).decode()
    rows = [json.loads(row.strip(" ,")) for row in text.splitlines() if "fingerprint" in row]
    assert [row["path"] for row in rows] == ["a.py", "b.py"]
    assert json.loads(text)["version"] == 1
    assert json.loads(make(())) == {"version": 1, "findings": []}


@given(BASELINES, BASELINES, BASELINES)
def test_merging_is_a_union(one: Baseline, other: Baseline, third: Baseline) -> None:
    assert merge(one, other) == merge(other, one)
    assert merge(merge(one, other), third) == merge(one, merge(other, third))
    assert merge(one, one) == one
    assert merge(one, other).fingerprints == one.fingerprints | other.fingerprints


def test_a_file_that_version_control_merged_line_by_line_is_read() -> None:
    rows = [make((finding(path=path),)).decode().splitlines()[3] for path in ("b.py", "a.py", "b.py")]
    merged = '{"version": 1, "findings": [' + ",".join(rows) + "]}"
    assert [entry.path for entry in read(merged.encode(), FILE).findings] == ["a.py", "b.py"]


def test_an_unfinished_merge_is_named_as_such() -> None:
    text = make((finding(),)).replace(b"    {", b"<<<<<<< ours\n    {")
    with pytest.raises(AuditorError, match="a merge that is not finished"):
        read(text, FILE)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"version": 2, "findings": []}', b'{"version": 1}', b"[" * 100_000, b"\xff", b'{"findings": [{}]}']
)
def test_what_is_no_baseline_is_refused(data: bytes) -> None:
    with pytest.raises(AuditorError, match=r"auditor-baseline\.json: is (no|a) baseline"):
        read(data, FILE)


@given(st.one_of(st.binary(), st.text().map(str.encode), st.recursive(st.none() | st.text(), st.lists).map(msgspec.json.encode)))
def test_any_bytes_give_a_baseline_or_an_error_for_the_user(data: bytes) -> None:
    try:
        answer = read(data, FILE).version
    except AuditorError as error:
        answer = len(error.hint)
    assert answer
