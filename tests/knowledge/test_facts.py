"""What the library files say of exception types, asked of the real packages, as far as they are installed here."""

import builtins
import importlib
import importlib.util
import subprocess
import sys

import pytest

from auditor.knowledge.load import load

KNOWN = load()
NOT_BY_ITSELF = {"ninja"}
"""Packages that can not be imported before an application is set up."""
STANDARD = {
    "json",
    "urllib",
    "http",
    "smtplib",
    "ftplib",
    "imaplib",
    "socket",
    "ssl",
    "sqlite3",
    "subprocess",
    "zipfile",
    "asyncio",
}


def packages() -> list[str]:
    tops = {name.partition(".")[0] for name in KNOWN.bases} - NOT_BY_ITSELF
    return sorted(top for top in tops if importlib.util.find_spec(top) is not None)


PACKAGES = packages()


def real(name: str) -> type | None:
    """The type that a dotted name leads to; None where this release has no such name."""
    if "." not in name:
        found = getattr(builtins, name)
        assert isinstance(found, type)
        return found
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            value: object = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            value = getattr(value, part, None)
        return value if isinstance(value, type) else None
    return None


def test_the_standard_library_is_among_what_is_asked() -> None:
    assert set(PACKAGES) >= STANDARD


@pytest.mark.parametrize("package", PACKAGES)
def test_exception_types_have_the_bases_that_are_said(package: str) -> None:
    wrong = []
    said = {name: bases for name, bases in KNOWN.bases.items() if name.partition(".")[0] == package}
    found = {name: kind for name in said if (kind := real(name)) is not None}
    for name, kind in found.items():
        if not issubclass(kind, BaseException):
            wrong.append(f"{name} is no exception")
        for base in said[name]:
            above = real(base)
            if above is not None and not issubclass(kind, above):
                wrong.append(f"{name} is no {base}")
    assert wrong == []
    assert len(found) * 4 >= len(said) * 3, f"most of {package}'s types are not there: {sorted(said.keys() - found.keys())}"


def test_every_type_that_something_raises_is_known() -> None:
    raised = {name for library in KNOWN.libraries for row in library.effect for name in row.raises}
    answered = {name for library in KNOWN.libraries for row in library.answer for name in row.types}
    native = {name for name, value in vars(builtins).items() if isinstance(value, type)}
    assert sorted((raised | answered) - KNOWN.bases.keys() - native) == []


def test_every_base_leads_to_a_type_of_python() -> None:
    native = {name for name, value in vars(builtins).items() if isinstance(value, type)}
    assert sorted({base for bases in KNOWN.bases.values() for base in bases} - KNOWN.bases.keys() - native) == []


def test_loading_imports_none_of_the_libraries() -> None:
    code = "import sys; from auditor.knowledge.load import load; load(); print([m for m in sys.modules if m in %r])"
    names = ("requests", "sqlalchemy", "django", "flask", "boto3")
    told = subprocess.run([sys.executable, "-c", code % (names,)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
