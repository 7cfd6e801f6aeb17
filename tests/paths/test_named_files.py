"""Files that outside input names, in a text that is filled in or put together."""

import pytest

from tests.paths.projects import project
from tests.paths.shop import told

APP = """
import os
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
FOLDER = "/srv/notes"
f = request.args.get("unrelated")

@app.get("/notes/<name>")
def show(name):
    {code}
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('return open(f"notes/{name}.txt").read()', True),
        ("return open(rf'{FOLDER}/{name!r}').read()", True),
        ('path = f"{FOLDER}/{name:>8}"; return open(path).read()', True),
        ("return open(f\"notes/{request.args['name']}\").read()", True),
        ('return open("notes/" + name).read()', True),
        ('return open(f"{FOLDER}/{{name}}.txt").read()', False),
        ('return open(f"{FOLDER}/name.txt").read()', False),
        ('return open(f"notes/{name}").read() if os.path.exists(f"notes/{name}") else ""', False),
        ('path = f"notes/{name}"; return open(path).read() if os.path.exists(path) else ""', False),
        ('path = Path(name); found = path.resolve(); return open(found).read() if path.exists() else ""', False),
        ('path = Path(name); found = path.parent; return open(found).read() if path.exists() else ""', True),
        ("return [open(os.path.join(name, one)).read() for one in os.listdir('notes')]", False),
        ("return [(Path(at) / one).stat() for at, dirs, files in os.walk(name) for one in dirs + sorted(files)]", False),
        ("return [open(one + name).read() for one in os.listdir('notes')]", True),
        ("for one in os.listdir('notes'): path = os.path.join(name, one); open(path)", False),
        ("for one in os.listdir('notes'): path = os.path.join(one, name); open(path)", True),
    ],
)
def test_a_file_may_be_missing_that_a_filled_text_names(code: str, found: bool) -> None:
    assert bool(told({"app.py": APP.replace("{code}", code)})) is found


JOINED = """
from pathlib import Path

from flask import Flask

app = Flask(__name__)
FOLDER = Path(__file__).resolve().parent / "notes"

class Settings:
    folder: Path = FOLDER

settings = Settings()

def place_of(name) -> Path:
    return FOLDER / name

@app.get("/notes/<name>")
def show(name):
    {code}
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("path = FOLDER / name; return path.read_text()", True),
        ('path = settings.folder / f"{name}.txt"; return path.open().read()', True),
        ('path = Path("notes") / "all" / name; path.unlink(); return ""', True),
        ("return FOLDER.joinpath(name).read_text()", True),
        ("return place_of(name).read_text()", True),
        ('path = FOLDER / "all.txt"; return path.read_text() + name', False),
        ('path = FOLDER / name\n    ZipFile(path, "w").close()\n    path.replace("all.zip")\n    return ""', False),
        ('path = FOLDER / name\n    ZipFile(path, "r").close()\n    path.replace("all.zip")\n    return ""', True),
        ('path = FOLDER / name; return path.read_text() if path.is_file() else ""', False),
        ("share = 3 / len(name); return share.read_text()", False),
    ],
)
def test_a_path_that_is_put_together_of_a_path_is_one(code: str, found: bool) -> None:
    assert bool(told({"app.py": JOINED.replace("{code}", code)})) is found


def test_a_key_of_a_document_may_be_none() -> None:
    code = "from bson.objectid import ObjectId; return str(ObjectId(name))"
    assert told({"app.py": JOINED.replace("{code}", code)}) == {"show": "high"}


READ = """
from pathlib import Path

from flask import Flask

app = Flask(__name__)

def lines(path: Path):
    return path.read_text().splitlines()

@app.get("/own")
def own():
    return lines(Path("notes.txt"))

@app.get("/other/<name>")
def other(name):
    return lines(Path(name))
"""


def test_a_helper_fails_for_the_path_that_one_of_its_callers_was_sent() -> None:
    assert {one.entry.label for one in project({"app.py": READ}).unhandled} == {"GET /other/<name>"}


HELPED = """
import json
import shutil
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)

def read(path):
    return json.loads(path.read_text())

def asked(name):
    path = Path("/srv/notes") / name
    if not path.exists():
        abort(404)
    return read(path)

def bold(name):
    return read(Path("/srv/notes") / name)

def written(name):
    path = Path("/srv/notes") / name
    export(name, path)
    return read(path)

def gone(name):
    path = Path("/srv/notes") / name
    path.unlink({how})
    return ""

@app.get("/notes/<name>")
def show(name):
    return {call}(name)
"""


@pytest.mark.parametrize(
    ("call", "how", "found"),
    [
        ("bold", "", True),
        ("asked", "", False),
        ("written", "", False),
        ("gone", "", True),
        ("gone", "missing_ok=True", False),
    ],
)
def test_a_file_that_a_caller_asks_for_or_has_written_is_there(call: str, how: str, found: bool) -> None:
    text = HELPED.replace("{call}", call).replace("{how}", how)
    assert ("show" in told({"app.py": text})) is found
