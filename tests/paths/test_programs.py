"""Programs that cannot be started, or that end late: whether outside input names them, whether they have been killed before."""

import pytest

from tests.paths.projects import project
from tests.paths.shop import told

APP = """
import os
import subprocess
import sys

from flask import Flask, request

app = Flask(__name__)

@app.post("/run")
def run():
    name = request.args.get("name")
    {code}
    return "done"
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("command = [sys.executable, '-m', 'pip', 'install', name]; subprocess.run(command)", False),
        ("command = ['git', 'show', name]; subprocess.run(command)", False),
        ("command = [name, '--help']; subprocess.run(command)", True),
        ("subprocess.run(name)", True),
        ("subprocess.run(name, shell=True)", False),
        ("command = [tool()] + ['show', name]; subprocess.run(command)", False),
        ("command = [str(name)] + ['show']; subprocess.run(command)", True),
        ("command = str('git'); subprocess.run(command, cwd=name)", False),
        ("command = ['git', 'show', name]; subprocess.run(command, check=True)", True),
        ("command = ['file', name]; assert os.path.exists(name); subprocess.run(command, check=True)", True),
    ],
)
def test_a_program_may_be_missing_that_outside_input_names(code: str, found: bool) -> None:
    assert bool(told({"app.py": APP.replace("{code}", code)})) is found


@pytest.mark.parametrize(("before", "found"), [("process.kill()", False), ("process.terminate()", True), ("pass", True)])
def test_a_program_that_has_been_killed_ends_in_time(before: str, found: bool) -> None:
    code = f"process = subprocess.Popen(['git', 'gc']); {before}; process.wait(timeout=2)"
    assert bool(told({"app.py": APP.replace("{code}", code)})) is found


HELPED = """
import subprocess

from flask import Flask, request

app = Flask(__name__)

def start(command, folder):
    return subprocess.run(command, cwd=folder)

@app.post("/run")
def run():
    return start({given})
"""


@pytest.mark.parametrize(
    ("given", "found"), [("['git', 'gc'], request.args['folder']", False), ("request.args.get('name'), '/srv'", True)]
)
def test_a_helper_is_given_the_program_by_one_of_its_parameters(given: str, found: bool) -> None:
    assert bool({one.error for one in project({"app.py": HELPED.replace("{given}", given)}).unhandled} & {"OSError"}) is found
