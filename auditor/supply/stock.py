"""All manifests and locks of a tree, read: what is asked for, what is pinned, and what could not be read."""

import configparser
import re
import tomllib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import msgspec

from auditor.facts.classify import TEST, VENDORED
from auditor.facts.discover import LINK_INSIDE, discover
from auditor.facts.source import Unreadable
from auditor.model.errors import AuditorError
from auditor.model.inventory import Demand
from auditor.model.snapshot import Skipped
from auditor.supply.locks.installed import installed
from auditor.supply.locks.pinned import NoLock, Pinned
from auditor.supply.locks.pipfile_lock import pipfile_lock
from auditor.supply.locks.toml_locks import toml_lock
from auditor.supply.manifests.conda import conda
from auditor.supply.manifests.metadata import metadata
from auditor.supply.manifests.pyproject import pipfile, pyproject
from auditor.supply.manifests.reading import Reading
from auditor.supply.manifests.requirements import requirements
from auditor.supply.manifests.setuptools import setup_cfg, setup_py

DEEPEST = 4
"""Folders below the root in which manifests are looked for."""
ASIDE = re.compile(r"(^|/)(examples?|samples?|demos?|templates?|testdata|test_data|cookiecutter[^/]*)/")
REQUIREMENTS = re.compile(
    r"(^|/)(requirements?[^/]*|[^/]*[-_.]requirements?)\.(txt|in)$|(^|/)requirements?/[^/]+\.(txt|in)$|(^|/)constraints[^/]*\.txt$"
)
NAMED: dict[str, Callable[[Reading, str], None]] = {
    "pyproject.toml": pyproject,
    "Pipfile": pipfile,
    "setup.cfg": setup_cfg,
    "setup.py": setup_py,
    "environment.yml": conda,
    "environment.yaml": conda,
}
LOCKS: dict[str, Callable[[Reading, str], list[Pinned]]] = {
    "poetry.lock": toml_lock,
    "uv.lock": toml_lock,
    "pdm.lock": toml_lock,
    "pylock.toml": toml_lock,
    "Pipfile.lock": pipfile_lock,
}


class Stock(msgspec.Struct, frozen=True):
    """What the tree's files say, sorted. `files` names all that were read."""

    demands: tuple[Demand, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    constraints: dict[tuple[str, str], str] = {}
    compiled: tuple[tuple[Demand, tuple[str, ...]], ...] = ()
    files: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def stock(root: Path, exclude: tuple[str, ...] = (), environment: Path | None = None) -> Stock:
    """Reads every manifest and lock of the tree; `environment` is an installed one whose versions hold where no lock does.

    Raises AuditorError where the environment is no folder.
    """
    reading = Reading(root)
    paths = _paths(reading, exclude)
    pinned = [one for path in paths if _name(path) in LOCKS for one in _lock(reading, path)]
    locks = {one.lock for one in pinned}
    later = [path for path in paths if _name(path) not in LOCKS]
    for path in sorted(later, key=lambda path: (bool(REQUIREMENTS.search(path)), path.endswith(".in"), path)):
        if path not in reading.covered:
            _manifest(reading, path)
    if environment is not None:
        if not environment.is_dir():
            raise AuditorError(f"{environment}: is no installed environment", "name its folder, such as .venv")
        pinned += installed(reading, environment, environment.name)
    aside = _constraints_only(reading)
    asked = _asked_by_the_project(reading)
    demands = {one for one in (*reading.demands, *asked) if one.manifest not in aside and one.name not in reading.own}
    return Stock(
        demands=tuple(sorted(demands)),
        pinned=tuple(sorted({one for one in pinned if one.name not in reading.own})),
        constraints=reading.constraints,
        compiled=tuple(sorted({(one, bringers) for one, bringers in reading.compiled if one not in asked})),
        files=tuple(sorted(reading.read)),
        locks=tuple(sorted(locks)),
        own=tuple(sorted(reading.own)),
        skipped=tuple(sorted(reading.skipped)),
    )


def _name(path: str) -> str:
    name = path.rpartition("/")[2]
    return "pylock.toml" if re.fullmatch(r"pylock\.[\w-]+\.toml", name) else name


def _wanted(name: str) -> bool:
    return _name(name) in NAMED or _name(name) in LOCKS or name == "METADATA" or name.endswith((".txt", ".in"))


def is_manifest(path: str) -> bool:
    """Whether a relative path is that of a manifest or a lock of the project's own."""
    apart = (
        ASIDE.search(path) or VENDORED.search(path) or (TEST.search(path) and not REQUIREMENTS.search(path.rpartition("/")[2]))
    )
    if apart or path.count("/") > DEEPEST:
        return False
    name = path.rpartition("/")[2]
    if name == "METADATA":
        return PurePosixPath(path).parent.suffix == ".dist-info" and path.count("/") == 1
    return _name(path) in NAMED or _name(path) in LOCKS or bool(REQUIREMENTS.search(path))


def _paths(reading: Reading, exclude: tuple[str, ...]) -> list[str]:
    """The manifests of the tree. One that is a link out of it, or to a file of another name, is told: it asks for packages."""
    walked = discover(reading.root, exclude, names=_wanted)
    found = [path for path in walked.files if is_manifest(path)]
    for skipped in walked.skipped:
        if skipped.kind == LINK_INSIDE and is_manifest(skipped.path) and skipped.reason not in found:
            reading.skip(skipped.path, f"is a link to {skipped.reason}, which is no manifest by its name: not read")
        elif skipped.kind != LINK_INSIDE and is_manifest(skipped.path):
            reading.skip(skipped.path, skipped.reason)
    own = [path for path in found if path.endswith(".dist-info/METADATA")]
    return [path for path in found if path not in own or len(own) == 1]


def _asked_by_the_project(reading: Reading) -> set[Demand]:
    """Compiled lines that are there for the sake of something that the file itself does not hold: the project."""
    held = {(one.manifest, one.name) for one in (*reading.demands, *(demand for demand, _ in reading.compiled))}
    return {one for one, bringers in reading.compiled if any((one.manifest, name) not in held for name in bringers)}


def _constraints_only(reading: Reading) -> set[str]:
    return {path for path in reading.read if path.rpartition("/")[2].startswith("constraint")}


def _lock(reading: Reading, path: str) -> list[Pinned]:
    try:
        return LOCKS[_name(path)](reading, path)
    except NoLock as error:
        reading.skip(path, f"is no lock that can be read: {error}", error.line)
    except tomllib.TOMLDecodeError as error:
        reading.skip(path, f"is not valid TOML: {error}", _line(error))
    except (Unreadable, ValueError, RecursionError) as error:
        reading.skip(path, f"can not be read: {error}")
    return []


def _manifest(reading: Reading, path: str) -> None:
    import yaml

    read = NAMED.get(_name(path)) or (metadata if _name(path) == "METADATA" else requirements)
    try:
        read(reading, path)
    except tomllib.TOMLDecodeError as error:
        reading.skip(path, f"is not valid TOML: {error}", _line(error))
    except configparser.Error as error:
        reading.skip(
            path, f"is no settings file that can be read: {str(error).splitlines()[0]}", getattr(error, "lineno", 0) or 0
        )
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reading.skip(path, f"is not valid YAML: {getattr(error, 'problem', error)}", mark.line + 1 if mark else 0)
    except SyntaxError as error:
        reading.skip(path, f"is not valid Python: {error.msg}", error.lineno or 0)
    except (Unreadable, ValueError, RecursionError, MemoryError) as error:
        reading.skip(path, f"can not be read: {error}")


def _line(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else 0
