"""Where an application's log is set up: not in a tool beside it that reads a command line and serves nothing."""

import pytest

from tests.paths.projects import project

SERVER = "import logging\nfrom flask import Flask\napp = Flask(__name__)\n"
TOOL = "import argparse\nimport logging\n{serves}\ndef main():\n    argparse.ArgumentParser()\n    logging.basicConfig()\n"


@pytest.mark.parametrize(
    ("serves", "place"),
    [
        ("", "shop/server.py"),
        ("import uvicorn", "shop/client/cli.py"),
        ("from shop.server import app", "shop/client/cli.py"),
        ("from shop import server", "shop/client/cli.py"),
    ],
)
def test_the_log_of_a_tool_that_serves_nothing_is_none_of_the_applications(serves: str, place: str) -> None:
    files = {"shop/__init__.py": "", "shop/server.py": SERVER, "shop/client/cli.py": TOOL.format(serves=serves)}
    assert [one.location.path for one in project(files).tracing.broken() if one.link == "log"] == [place]
