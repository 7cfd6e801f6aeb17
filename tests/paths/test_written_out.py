"""Mappings that are written out where they are handed over: only the parts that were sent are."""

import pytest

from tests.paths.projects import project

BOX = """
from fastapi import FastAPI, Form

app = FastAPI()

def store(message):
    return {"read": int({asked})}

@app.post("/messages")
def send(receiver: str = Form(...), content: str = Form(...)):
    {before}
    return store({given})
"""
WRITTEN = '{"to": receiver, "read": False}'
SENT = '{"to": receiver, "read": content}'
GET = 'message.get("read", False)'


def errors(asked: str, given: str, before: str) -> set[str]:
    code = BOX.replace("{asked}", asked).replace("{given}", given).replace("{before}", before)
    return {one.error.rpartition(".")[2] for one in project({"box.py": code}).unhandled}


@pytest.mark.parametrize(
    ("asked", "given", "before"),
    [
        (GET, WRITTEN, "pass"),
        ('message["read"]', WRITTEN, "pass"),
        (GET, '{"to": receiver}', "pass"),
        (GET, "row", f"row = {WRITTEN}"),
    ],
)
def test_a_key_that_the_caller_writes_out_itself_holds_nothing_that_was_sent(asked: str, given: str, before: str) -> None:
    assert "ValueError" not in errors(asked, given, before)


@pytest.mark.parametrize(
    ("asked", "given", "before"),
    [(GET, SENT, "pass"), ('message["to"]', WRITTEN, "pass"), (GET, "row", f"row = {SENT}"), ("message", "content", "pass")],
)
def test_a_key_that_is_given_what_was_sent_does(asked: str, given: str, before: str) -> None:
    assert "ValueError" in errors(asked, given, before)
