"""A small application with a question to its own framework."""

from typing import NamedTuple


class Application(NamedTuple):
    """`ask` prints a line `METHOD path` for every route of the application, as the framework knows it."""

    framework: str
    files: dict[str, str]
    ask: str
