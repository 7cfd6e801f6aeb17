"""A task has the type of its broker's errors as an attribute."""

import pytest

from tests.paths.shop import app, told

TASKS = """
from celery import shared_task

class Post:
    OperationalError = KeyError

@shared_task
def send(number):
    pass

def plain(number):
    pass
"""


@pytest.mark.parametrize(
    ("caught", "fails"), [("send.OperationalError", False), ("plain.OperationalError", True), ("Post.OperationalError", True)]
)
def test_a_handler_may_name_it_by_the_task(caught: str, fails: bool) -> None:
    body = f"@app.post('/send')\ndef post():\n    try:\n        send.delay(1)\n    except {caught}:\n        return '', 503\n"
    assert ("post" in told(app(body) | {"shop/orders.py": TASKS})) == fails
