"""The project's own files, as the guards see them."""

import ast
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
CODE = ("auditor", "rules", "reports", "tests")
FOREIGN = ("tests/data/", "tests/projects/clinic/", "tests/projects/ticketing/", "tests/projects/warehouse/")
"""Text that others wrote, and applications that are there to be audited, kept as they are."""


def python(*folders: str) -> list[Path]:
    """The Python files below some folders of the project, sorted; those of others left out."""
    files = (file for folder in folders for file in (PROJECT / folder).rglob("*.py"))
    return sorted(file for file in files if not shown(file).startswith(FOREIGN) and "__pycache__" not in file.parts)


def texts() -> list[Path]:
    """Every file that git keeps or would keep, in sorted order, but for those that others wrote and those that are no text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (PROJECT / name for name in sorted(set(listed.stdout.split("\0"))) if name and not name.startswith(FOREIGN))
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:4096]]


def shown(file: Path) -> str:
    """A file's path from the project's root."""
    return file.relative_to(PROJECT).as_posix()


def imports(file: Path) -> set[str]:
    """The dotted names of all modules that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return found
