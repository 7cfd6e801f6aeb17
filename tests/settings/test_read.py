"""Settings come from the project's files, and a file that can not be read harms nobody."""

import os
from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.settings import Settings, read


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path) == Settings()


def test_a_section_of_pyproject_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.auditor.gate]\nmin_grade = "B+"\nhigh = "any"\n')
    settings = read(tmp_path)
    assert (settings.gate.min_grade, settings.gate.high, settings.gate.critical) == ("B+", "any", 0)
    assert settings.source == str(tmp_path / "pyproject.toml")


def test_the_own_file_holds_the_sections_themselves(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[discover]\nexclude = ['vendor/']\nkinds = { 'gen/**' = 'generated' }\n")
    settings = read(tmp_path)
    assert settings.discover.exclude == ("vendor/",)
    assert settings.discover.kinds == {"gen/**": "generated"}


def test_the_own_file_wins_and_says_that_the_other_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[gate]\nhigh = 1\n")
    (tmp_path / "pyproject.toml").write_text("[tool.auditor.gate]\nhigh = 2\n")
    settings = read(tmp_path)
    assert settings.gate.high == 1
    assert settings.notes == ("auditor.toml is read; [tool.auditor] in pyproject.toml is not",)


def test_a_file_named_by_the_user_is_read_instead(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[gate]\nhigh = 1\n")
    other = tmp_path / "strict.toml"
    other.write_text("[gate]\nhigh = 7\n")
    assert read(tmp_path, other).gate.high == 7


def test_a_day_may_be_written_as_toml_writes_days(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[[supply.accepted]]\nid = 'X'\nreason = 'r'\nuntil = 2027-01-31\n")
    (risk,) = read(tmp_path).supply.accepted
    assert risk.until == "2027-01-31"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_bytes(b"\xef\xbb\xbf[gate]\r\nhigh = 4\r\n")
    assert read(tmp_path).gate.high == 4


@pytest.mark.parametrize(
    "text", [b"[project\nname = 1", b"\xff\xfe\x00", b"a" + b".a" * 100_000 + b" = 1", b"x = " + b"[" * 100_000]
)
def test_a_broken_pyproject_that_does_not_speak_of_auditor_is_only_noted(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    settings = read(tmp_path)
    assert settings.gate == Settings().gate
    assert "is not valid TOML" in settings.notes[0]


@pytest.mark.parametrize("text", ["[tool.auditor.gate]\nhigh = B+\n", "[tool.auditor\n", '["tool" . "auditor"]\nx = [\n'])
def test_a_broken_pyproject_that_speaks_of_auditor_stops_the_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(AuditorError, match=r"pyproject\.toml:\d+: is not valid TOML"):
        read(tmp_path)


def test_a_broken_file_of_our_own_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[gate]\nhigh = 1\nmin_grade = B+\n")
    with pytest.raises(AuditorError, match=r"auditor\.toml:3: is not valid TOML"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["auditor.toml", "pyproject.toml"])
def test_a_link_out_of_the_project_is_refused_and_nothing_of_its_goal_is_told(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("[tool.auditor.gate]\nhunter2 = 1\n")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / name).symlink_to(secret)
    with pytest.raises(AuditorError, match="leads out of the project") as caught:
        read(tree)
    assert "hunter2" not in str(caught.value)


def test_a_folder_a_pipe_and_a_dead_link_in_the_file_s_place_are_refused(tmp_path: Path) -> None:
    for number, make in enumerate((os.mkdir, os.mkfifo, lambda path: os.symlink("nowhere", path))):
        tree = tmp_path / str(number)
        tree.mkdir()
        make(os.fspath(tree / "auditor.toml"))
        with pytest.raises(AuditorError, match=r"is no file|leads out of the project or nowhere"):
            read(tree)


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("#" * (300 << 10))
    with pytest.raises(AuditorError, match="larger than 256 KiB"):
        read(tmp_path)


def test_a_key_of_many_parts_does_not_eat_all_memory(tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("a" + ".a" * 100_000 + " = 1")
    with pytest.raises(AuditorError, match=r"auditor\.toml:1: is not valid TOML: more than 400 dots"):
        read(tmp_path)
