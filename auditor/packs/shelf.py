"""Where the shelves stand, and how one file on them becomes a class: by path, under a made-up name, never by import."""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from auditor.model.errors import AuditorError

PACKAGE = Path(__file__).resolve().parent.parent


def shelf(name: str) -> Path:
    """The folder `rules` or `reports`: inside the installed package, else beside it in a checkout.

    Raises AuditorError where neither is there.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise AuditorError(f"the folder {name}/ of auditor is missing", "install auditor again")


def load(file: Path, name: str) -> ModuleType:
    """Runs one file of a shelf as the module `name`. Raises AuditorError with file and line where it fails."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise AuditorError(f"{file}: can not be loaded", "is it a Python file?")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        line = _line_in(file, error)
        raise AuditorError(f"{file}:{line}: {type(error).__name__}: {error}", "mend the file, or take it away") from error
    return module


def _line_in(file: Path, error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    import traceback

    lines = [frame.lineno or 1 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] if lines else 1


def digest(*folders: Path) -> str:
    """Sixteen hex digits that change when a Python or TOML file below one of the folders does."""
    state = hashlib.blake2b(digest_size=8)
    for folder in folders:
        for path, entry in sorted(_files(folder)):
            status = entry.stat()
            state.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    waiting = [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                elif entry.name.endswith((".py", ".toml")):
                    yield entry.path, entry
