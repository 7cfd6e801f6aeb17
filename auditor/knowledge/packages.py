"""What packages install and what they are for: the tables `modules.toml` and `purposes.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

PLUGIN = re.compile(
    r"^(types|pytest|sphinx|mkdocs|flake8|opentelemetry-instrumentation|sqlalchemy)-|-(stubs|types|sqlalchemy)$|^pytest$"
)
"""Names of packages that others load: stubs, plugins, dialects of a database."""


class Purpose(msgspec.Struct, frozen=True):
    """A job with the packages that do it; each of `goes_with` is one choice together."""

    job: str
    packages: tuple[str, ...]
    goes_with: tuple[tuple[str, ...], ...] = ()


class _Silent(msgspec.Struct, frozen=True):
    names: frozenset[str] = frozenset()


class _Table(msgspec.Struct, frozen=True):
    modules: dict[str, tuple[str, ...]] = {}
    silent: _Silent = _Silent()


@cache
def _table() -> _Table:
    return msgspec.convert(_read("modules.toml"), _Table)


@cache
def purposes() -> tuple[Purpose, ...]:
    """All jobs, in the order of the table."""
    return msgspec.convert(_read("purposes.toml")["purpose"], tuple[Purpose, ...])


def _read(name: str) -> dict[str, object]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def silent(package: str) -> bool:
    """Whether a package, by its canonical name, does its work without being imported."""
    return package in _table().silent.names or PLUGIN.search(package) is not None


def modules_of(package: str) -> tuple[str, ...] | None:
    """The dotted modules that a package is known to install; None where only its name is known."""
    return _table().modules.get(package)


def guessed(package: str) -> tuple[str, ...]:
    """The modules that a package's name lets expect."""
    bare = re.sub(r"^(python|django|flask|pytest)-|-(python|py|binary|headless)$", "", package)
    names = (package, bare, package.removeprefix("py"))
    return tuple(dict.fromkeys(made for name in names if name for made in (name.replace("-", "_"), name.replace("-", "."))))
