"""The text of a block of data → plain values, whatever of the common notations it is in. Nothing is ever constructed from it."""

import csv
import json
import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias, Union

_LIMIT_CHARACTERS = 60_000
_ASSIGNED = re.compile(r"\s*(?P<key>[A-Za-z_][\w.-]{0,60})\s*(?:=|:=)\s*(?P<value>\S.*?)\s*")
_SECTION = re.compile(r"\s*\[(?P<name>[\w .-]{1,60})\]\s*")
_COLUMNS = re.compile(r"[^,;\t]+(?:(?P<by>[,;\t])[^,;\t]*)+")

Value: TypeAlias = Union[str, "list[Value]", "dict[str, Value]"]


def parse(text: str, told: str = "") -> Value | None:
    """The values of a block; `told` is the notation that its fence names. None for what is no data in any of them."""
    if len(text) > _LIMIT_CHARACTERS or (text.count("&") > 200 and "*" in text):
        return None
    for notation, read in (("json", _json), ("toml", _toml), ("csv", read_table), ("ini", assigned), ("yaml", _yaml)):
        if told in ("", notation) or (told, notation) in (
            ("yml", "yaml"),
            ("json5", "json"),
            ("tsv", "csv"),
            ("properties", "ini"),
        ):
            try:
                found = read(text)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, (list, dict)) and found:
                return found
    return None


def _json(text: str) -> Value | None:
    return _plain(json.loads(text)) if text.lstrip()[:1] in ("{", "[") else None


def _toml(text: str) -> Value | None:
    return _plain(tomllib.loads(text))


def _yaml(text: str) -> Value | None:
    import yaml

    if re.search(r"(?:^|[\s\[,{:-])[&*]\w", text):
        return None  # anchors can make a small page endless
    try:
        return _plain(yaml.load(text, Loader=yaml.BaseLoader))
    except yaml.YAMLError:
        return None


def _plain(value: object, depth: int = 0) -> Value:
    """Every leaf as the text that a person would write for it."""
    if depth > 12:
        return ""
    if isinstance(value, dict):
        return {str(key): _plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value]
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def read_table(text: str) -> Value | None:
    """The rows of comma-separated values by the names of their columns; None where the lines have not one shape."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = _COLUMNS.fullmatch(lines[0]) if len(lines) > 1 else None
    if found is None:
        return None
    header, *rows = list(csv.reader(lines, delimiter=found["by"], skipinitialspace=True))
    names = [name.strip() for name in header]
    is_header = len(names) > 2 and all(name and len(name.split()) <= 4 and not re.search(r"\d", name) for name in names)
    if not is_header or len(set(names)) != len(names) or any(len(row) != len(names) for row in rows):
        return None
    return [dict(zip(names, (cell.strip() for cell in row), strict=True)) for row in rows]


def assigned(text: str) -> Value | None:
    """Lines such as `target.coverage = 70` as values within values; None where any line is none."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", ";"))]
    page: dict[str, Value] = {}
    section: list[str] = []
    for line in lines:
        found = _ASSIGNED.fullmatch(line)
        if heading := _SECTION.fullmatch(line):
            section = [heading["name"]]
        elif found:
            _put(page, [*section, *found["key"].split(".")], found["value"].strip("\"'"))
        else:
            return None
    return page if len(lines) > 2 else None


def _put(page: dict[str, Value], path: list[str], value: str) -> None:
    for part in path[:-1]:
        inner = page.get(part)
        if not isinstance(inner, dict):
            inner = page[part] = {} if inner is None else {"name": inner}
        page = inner
    page[path[-1]] = value


def is_record(value: object) -> bool:
    """Whether the value names things and says one text of each."""
    return isinstance(value, Mapping) and bool(value) and all(isinstance(one, str) for one in value.values())
