"""Released software from the package index, for the benchmark and the demo: a wheel holds its sources."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path


def fetch(requirement: str, folder: Path) -> None:
    """Unpacks a released wheel into `folder`, whatever Python it is for: it is only read."""
    wheels = folder.with_name(folder.name + ".wheel")
    beside = folder.with_name(folder.name + ".part")
    for stale in (wheels, beside, folder):
        shutil.rmtree(stale, ignore_errors=True)
    whatever = ("--no-deps", "--only-binary=:all:", "--ignore-requires-python")
    words = ("download", "--quiet", "--retries", "2", *whatever, "--dest", str(wheels), requirement)
    pip(Path(sys.executable), requirement, *words)
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(beside)
    beside.rename(folder)
    shutil.rmtree(wheels)


def pip(python: Path, wanted: str, *words: str) -> None:
    """Runs pip to get what is `wanted`; where it fails, says so with pip's last words and ends the process with 3."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "pip said nothing").splitlines()[-1]
        print(f"The package index did not give {wanted}.\n  pip: {last}", file=sys.stderr)
        print("  hint: this needs the network; see that it is there, and pip's settings (`pip config list`)", file=sys.stderr)
        sys.exit(3)
