"""Files that outside input names, in a text that is filled in or put together."""

import pytest

from tests.paths.shop import told

APP = """
import os

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
    ],
)
def test_a_file_may_be_missing_that_a_filled_text_names(code: str, found: bool) -> None:
    assert bool(told({"app.py": APP.replace("{code}", code)})) is found
