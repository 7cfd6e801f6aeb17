"""A real PostgreSQL for the tests: started in a temporary folder, reached through a socket in it, stopped at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is not installed (Debian's package postgresql)"


def programs() -> Path | None:
    """The folder of the server's programs, None where they are not installed. Debian keeps them off the PATH."""
    beside = shutil.which("initdb")
    found = [Path(beside).parent] if beside else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server with its data in a folder; its URL without a database's name. It refuses to run as root, so it does not."""
    place = programs()
    assert place is not None
    user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run([*user, str(place / program), *words], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "--pgdata", str(data), "--username", "tester", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "--pgdata", str(data), "--wait", "--log", str(folder / "log"), "--options", options, "start")
    try:
        yield f"postgresql://tester@/{{}}?host={folder}"
    finally:
        run("pg_ctl", "--pgdata", str(data), "--wait", "--mode", "immediate", "stop")


@contextmanager
def temporary() -> Iterator[str]:
    """A server in a folder with a short name: a socket's path may not be longer than a hundred letters."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name, running(Path(name)) as url:
        yield url
