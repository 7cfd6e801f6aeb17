"""`pyproject.toml`: PEP 621 with extras, PEP 735 groups, and the tables of poetry, pdm, hatch and uv; `Pipfile` beside it."""

from typing import Any

from auditor.supply.manifests.poetry import poetry, poetry_rows
from auditor.supply.manifests.reading import DEVELOPMENT, Reading, line_of, parsed, rows, table


def pyproject(reading: Reading, path: str) -> None:
    """Reads one file. Raises TOMLDecodeError, RecursionError, Unreadable and UnicodeDecodeError."""
    text = reading.text(path)
    whole = parsed(text)
    tool = table(whole.get("tool"))
    reading.owns(table(whole.get("project")).get("name"))
    reading.owns(table(tool.get("poetry")).get("name"))
    _project(reading, path, text, table(whole.get("project")))
    _groups(reading, path, text, table(whole.get("dependency-groups")))
    poetry(reading, path, text, table(tool.get("poetry")))
    for group, entries in table(table(tool.get("pdm")).get("dev-dependencies")).items():
        _entries(reading, path, text, entries, False, str(group))
    for name, environment in table(table(tool.get("hatch")).get("envs")).items():
        for key in ("dependencies", "extra-dependencies"):
            _entries(reading, path, text, table(environment).get(key), False, str(name))
    _entries(reading, path, text, table(tool.get("uv")).get("dev-dependencies"), False, "dev")


def pipfile(reading: Reading, path: str) -> None:
    """`Pipfile`, which is TOML of the same kind as poetry's. Raises as `pyproject` does."""
    text = reading.text(path)
    whole = parsed(text)
    poetry_rows(reading, path, text, table(whole.get("packages")), True, "")
    poetry_rows(reading, path, text, table(whole.get("dev-packages")), False, "dev")


def _project(reading: Reading, path: str, text: str, project: dict[str, Any]) -> None:
    _entries(reading, path, text, project.get("dependencies"), True, "", published=True)
    for extra, entries in table(project.get("optional-dependencies")).items():
        _entries(reading, path, text, entries, not DEVELOPMENT.search(extra), extra, published=True)
    for field in ("dependencies", "optional-dependencies"):
        if field in rows(project.get("dynamic")) and not project.get(field):
            reading.covered.add(f"{path}#{field}")


def _entries(
    reading: Reading, path: str, text: str, entries: object, production: bool, group: str, published: bool = False
) -> None:
    for entry in rows(entries):
        words = (f'"{entry}"', f"'{entry}'", str(entry)) if isinstance(entry, str) else ()
        reading.add(entry, path, line_of(text, *words), production, group, published)


def _groups(reading: Reading, path: str, text: str, groups: dict[str, Any]) -> None:
    """Dependency groups; one that includes another adds nothing that the other does not say itself."""
    for group, entries in groups.items():
        for entry in rows(entries):
            included = table(entry).get("include-group")
            if included is None:
                _entries(reading, path, text, [entry], False, group)
            elif included == group:
                reading.skip(path, f"the group {group} includes itself", line_of(text, f"{group} =", f"{group}="))
            elif str(included) not in groups:
                reading.skip(path, f"the group {group} includes {included}, which is not there", line_of(text, str(included)))
