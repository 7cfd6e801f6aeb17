"""What many entry points fail with for one doubtful cause is told once, with how many they are; of a few, by each of them."""

import pytest

from auditor.model.finding import Confidence
from tests.paths.projects import project

LOG = """
class Unwritten(Exception):
    pass

def write(action):
    if not find(action):
        raise Unwritten(action)

def log(action):
    write(action)
"""


@pytest.mark.parametrize(("views", "told", "others"), [(5, 5, ""), (14, 1, "nor in 13 other entry points")])
def test_a_doubtful_cause_behind_a_crowd_is_told_once(views: int, told: int, others: str) -> None:
    head = "from flask import Flask\nfrom shop.log import log\n\napp = Flask(__name__)\n"
    each = "".join(f'\n@app.post("/{n}")\ndef view{n}():\n    log(compute())\n    return ""\n' for n in range(views))
    found = list(project({"shop/log.py": LOG, "shop/views.py": head + each}).unhandled)
    assert [one.confidence for one in found] == [Confidence.LOW] * told
    assert found[0].sentence.endswith(others)
