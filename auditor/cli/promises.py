"""Roadmaps as the command line reads and shows them: the file of a project, and its figures as text."""

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model.roadmap import Roadmap, Target

_LIMIT_BYTES = 4_000_000
NAME = "roadmap.toml"


def find_roadmap(path: Path) -> "Roadmap | None":
    """The roadmap of a project: PATH itself if it is a file, else PATH/roadmap.toml, else PATH/docs/roadmap.toml."""
    places = [path] if path.is_file() else [path / NAME, path / "docs" / NAME]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        return None
    from auditor.roadmap import read_toml

    return read_toml(read_text(found), str(found))


def read_bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise AuditorError(f"{file} is no file" if file.exists() else f"there is no {file}", "check the path")
        with file.open("rb") as stream:
            data = stream.read(_LIMIT_BYTES * 32 + 1)
    except OSError as error:
        raise AuditorError(f"{file} can not be read: {error.strerror}", "check the path and its permissions") from None
    return data


def read_text(file: Path) -> str:
    data = read_bytes(file)
    if len(data) > _LIMIT_BYTES:
        raise AuditorError(
            f"{file} is too big for a roadmap: {len(data) >> 20} MB",
            "give the page with the sprints and success metrics",
        )
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AuditorError(f"{file} is no UTF-8 text (byte {error.start})", "save it as UTF-8") from None


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    text = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}" if unit and unit != "count" else text


def goal(target: "Target") -> str:
    if target.goal is None:
        return "-"
    if target.relative:
        return f"{'+' if target.comparator.startswith('>') else '-'}{shown(target.goal, target.unit)}"
    return f"{target.comparator} {shown(target.goal, target.unit)}"


def baseline(target: "Target") -> str:
    return shown(target.baseline, "" if target.relative else target.unit)
