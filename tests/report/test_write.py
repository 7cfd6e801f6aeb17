"""Report files are whole or not there."""

import os
import stat
from pathlib import Path

import pytest

from auditor.model.errors import AuditorError
from auditor.report.write import write


def test_writes_text_as_utf8_and_makes_folders(tmp_path: Path) -> None:
    write(tmp_path / "out" / "deep" / "report.md", "naïve\n")
    assert (tmp_path / "out" / "deep" / "report.md").read_bytes() == "naïve\n".encode()


def test_leaves_nothing_beside_the_file_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("old")
    file.chmod(0o640)
    write(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write(tmp_path / "report.json", b"{}")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) == 0o640


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "latest.html").symlink_to("real.html")
    write(tmp_path / "latest.html", "new")
    assert (tmp_path / "latest.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_a_failed_write_leaves_the_old_report_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.json"
    file.write_text("old")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write(file, b"new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize("name", ["", "file/report.md", "x" * 300])
def test_what_can_not_be_written_is_the_users_to_mend(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditorError, match="can not be written"):
        write(tmp_path / name, "x")


def test_devices_are_written_to_as_they_are() -> None:
    write(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()
