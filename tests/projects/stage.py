"""What the proofs ask of a running application, whatever its framework."""

import importlib
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from tests.projects.labels import FOLDER, NAMES, Labels, Scenario, read
from tests.projects.outside import outside
from tests.projects.watch import Seen, watching


class Route(msgspec.Struct, frozen=True, order=True):
    """A row of the framework's own table: `GET`, the whole path, and where the handler's code begins."""

    method: str
    path: str
    file: str
    line: int


class Stage(ABC):
    """An application with a fresh database of so many rows; one scenario is played on it."""

    root: Path

    def __init__(self, rows: int, folder: Path) -> None:
        self.rows, self.folder = rows, folder
        self.seen = Seen(self.root)

    @abstractmethod
    def seed(self) -> None:
        """Makes the tables and so many rows of every kind, with ids from 1."""

    @abstractmethod
    def request(self, method: str, path: str, scenario: Scenario, propagate: bool) -> None:
        """Sends a request; writes status, answer and headers, or the error that came out, into `seen`."""

    @abstractmethod
    def task(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Runs a task as a worker would; an error that ends it comes out."""

    @abstractmethod
    def command(self, name: str, arguments: tuple[str, ...]) -> None:
        """Runs a command; an error that ends it comes out."""

    @abstractmethod
    def routes(self) -> list[Route]:
        """The framework's route table."""

    @abstractmethod
    def count(self, table: str) -> int:
        """Rows of a table, asked of the database itself."""

    @abstractmethod
    def prepare(self, statements: tuple[str, ...]) -> None:
        """Runs SQL that makes ready for a scenario."""

    @abstractmethod
    def connect_arguments(self, name: str) -> list[dict[str, Any]]:
        """What production's engine of a name hands to its driver."""

    @abstractmethod
    def pools(self, name: str) -> list[object]:
        """How production's engine of a name keeps its connections."""

    @abstractmethod
    def migrated(self, name: str) -> tuple[str, str]:
        """The schema before a migration, and after it was applied and taken back; raises what the migration raises."""

    def answer(self, host: str, path: str) -> Any:
        """What a host outside answers."""
        return {}

    @contextmanager
    def faulty(self, scenario: Scenario) -> Iterator[None]:
        """The scenario's fault in the application's own surroundings, such as a database that is down."""
        yield

    def play(self, scenario: Scenario, propagate: bool = True) -> Seen:
        """Plays a scenario as often as it says; an error that leaves the entry point ends in `seen.raised`."""
        self.prepare(scenario.setup)
        scenario = msgspec.structs.replace(scenario, body=_filled(scenario.body, self.rows))
        for step in scenario.before:
            self._once(step, Scenario(call=step), propagate)
        self.seen = Seen(self.root)
        with outside(self.seen, scenario.fault, self.answer), watching(self.seen), self.faulty(scenario):
            for _ in range(scenario.times):
                self._once(scenario.call, scenario, propagate)
        return self.seen

    def _each(self, between: re.Match[str]) -> str:
        return between[1].join(str(number) for number in range(1, self.rows + 1))

    def _once(self, call: str, scenario: Scenario, propagate: bool) -> None:
        kind, _, rest = re.sub(r"\{each:(.*?)\}", self._each, call).partition(" ")
        try:
            if kind == "task":
                self.task(rest, scenario.arguments)
            elif kind == "command":
                self.command(rest, tuple(str(one) for one in scenario.arguments))
            else:
                self.request(kind, rest, scenario, propagate)
        except Exception as error:  # noqa: BLE001 - whatever leaves an application is what is looked for
            self.seen.raised = error


def _filled(body: Any, rows: int) -> Any:
    """A body in which lists that begin with EACH hold the ids of all rows, or a mapping with each of them."""
    if isinstance(body, dict):
        return {key: _filled(value, rows) for key, value in body.items()}
    if not (isinstance(body, list) and body and body[0] == "EACH"):
        return body
    if len(body) == 1:
        return list(range(1, rows + 1))
    return [{key: number if value == "ID" else value for key, value in body[1].items()} for number in range(1, rows + 1)]


TRACKED: set[str] = set()
"""The applications that turned an error tracker on."""


def _note_tracker(*_: Any, **__: Any) -> None:
    """Stands in for the tracker's own start, which would listen to all of this process."""
    frame = sys._getframe(1)
    TRACKED.update(name for name in NAMES if f"/{name}/" in frame.f_code.co_filename)


@cache
def stage(name: str) -> type[Stage]:
    """The stage of an application, which is imported from its own folder."""
    root = FOLDER / name
    mock.patch("sentry_sdk.init", _note_tracker).start()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    found: type[Stage] = importlib.import_module(f"tests.projects.{name}_stage").STAGE
    return found


def labels_of(name: str) -> Labels:
    """The labels of an application of this folder."""
    return read(FOLDER / name)
