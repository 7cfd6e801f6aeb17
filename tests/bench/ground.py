"""What the benchmark stands on: a virtual environment with the peers, and released sources to run on."""

import shutil
import venv
from pathlib import Path

from tests.released import fetch, pip

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
PLACE = PROJECT / ".bench"
SOURCES = "indico==3.2.9"
PACKAGE = "indico"


def peers() -> Path:
    """The folder of the peers' commands; installs them the first time. Ends the process where the index does not answer."""
    place = PLACE / "venv"
    wanted = (HERE / "peers.txt").read_text()
    installed = place / "peers.txt"
    if not installed.is_file() or installed.read_text() != wanted:
        print("installing the peers into .bench/venv ...", flush=True)
        venv.create(place, clear=True, with_pip=True)
        pip(place / "bin" / "python", "the peers", "install", "--quiet", "-r", str(HERE / "peers.txt"))
        installed.write_text(wanted)
    return place / "bin"


def sources() -> Path:
    """The unpacked released application, fetched the first time. The wheel holds the sources."""
    folder = PLACE / "apps" / SOURCES.replace("==", "-")
    if not (folder / PACKAGE).is_dir():
        print(f"fetching {SOURCES} ...", flush=True)
        fetch(SOURCES, folder)
    return folder / PACKAGE


def root() -> Path:
    """An empty `pyproject.toml` in the benchmark's folder: there the peers end their search for settings and ignored files,
    and do not take the sources for ignored because this project's git ignores the folder.
    """
    PLACE.mkdir(exist_ok=True)
    (PLACE / "pyproject.toml").write_text("")
    return PLACE / "pyproject.toml"


def copies(tree: Path, count: int) -> Path:
    """A folder with `count` copies of the tree, each file of a copy one line apart from the other copies' files."""
    folder = PLACE / "growth" / f"{count}x"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        copy = folder / f"copy{number}"
        shutil.copytree(tree, copy, ignore=lambda _, names: [n for n in names if n in ("static", "node_modules")])
        for file in copy.rglob("*.py"):
            with file.open("ab") as stream:
                stream.write(f"\n# copy {number}\n".encode())
    return folder
