"""Code around findings, from a tree that does what it can to be read wrongly."""

import os
from pathlib import Path

from auditor.model.finding import Confidence, Finding, Location, Severity
from auditor.report.excerpt import MOST_LINES, WIDTH, read


def at(path: str, line: int, end: int = 0) -> Finding:
    return Finding("errors/x", Severity.LOW, Confidence.HIGH, Location(path, line, 1, end), "x")


def test_shows_two_lines_before_and_three_after_without_shared_indentation(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("".join(f"    line {n}\n" for n in range(1, 20)))
    excerpt = read(tmp_path, [at("a.py", 10)])["a.py", 10]
    assert excerpt.first == 8
    assert excerpt.lines == tuple(f"line {n}" for n in range(8, 14))


def test_shows_all_of_a_short_stretch_and_the_beginning_of_a_long_one(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x\n" * 300)
    excerpts = read(tmp_path, [at("a.py", 10, 14), at("a.py", 100, 250)])
    assert len(excerpts["a.py", 10].lines) == 10
    assert len(excerpts["a.py", 100].lines) == MOST_LINES


def test_begins_and_ends_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\ntwo")
    assert read(tmp_path, [at("a.py", 1)])["a.py", 1].lines == ("one", "two")
    assert ("a.py", 3) not in read(tmp_path, [at("a.py", 3)])


def test_cuts_long_lines_and_shows_what_hides(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = '" + "a" * 10_000 + "'\n\tif admin:  # \u202e\x1b[2J\u200b\n", encoding="utf-8")
    first, second = read(tmp_path, [at("a.py", 1)])["a.py", 1].lines
    assert len(first) == WIDTH
    assert first.endswith("…")
    assert second == r"    if admin:  # \u202e\x1b[2J\u200b"


def test_reads_encodings_as_python_does(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes("# coding: latin-1\nname = 'é'\r\n".encode("latin-1"))
    assert read(tmp_path, [at("a.py", 2)])["a.py", 2].lines[1] == "name = 'é'"


def test_follows_no_link_out_of_the_tree(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "secret.py").write_text("password = 'x'\n")
    (root / "file.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    paths = ("file.py", "folder/secret.py", "../outside/secret.py", str(outside / "secret.py"))
    assert read(root, [at(path, 1) for path in paths]) == {}


def test_passes_over_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "null.py").write_bytes(b"x\0\n")
    found = [at(path, 1) for path in ("fifo.py", "folder.py", "null.py", "gone.py", "nul\0name.py", "x" * 5000, "")]
    assert read(tmp_path, found) == {}


def test_reads_no_further_than_four_mebibytes_into_a_file(tmp_path: Path) -> None:
    with open(tmp_path / "wide.py", "wb") as stream:
        stream.write(b"first = 1\n")
        stream.truncate(200 << 20)
    (tmp_path / "long.py").write_bytes(b"first = 1\n" + b"x = 1\n" * (2 << 20))
    excerpts = read(tmp_path, [at("wide.py", 1), at("long.py", 1), at("long.py", 2_000_000)])
    assert excerpts["wide.py", 1].lines == ("first = 1",)
    assert set(excerpts) == {("wide.py", 1), ("long.py", 1)}
