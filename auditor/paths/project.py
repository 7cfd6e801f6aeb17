"""The project as rules see it: every file's facts, and what stands in several places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from auditor.facts.flow.events import Flow
from auditor.facts.values import FileFacts

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.clones.copies import Copies
    from auditor.clones.families import Family
    from auditor.clones.groups import CloneGroup
    from auditor.clones.statements import FileClones
    from auditor.knowledge.load import Knowledge
    from auditor.model.finding import Location
    from auditor.model.route import Route
    from auditor.paths.calls.graph import Graph, Node
    from auditor.paths.calls.outside import Outside
    from auditor.paths.database.deletions import Deletions
    from auditor.paths.database.engines import Engine
    from auditor.paths.database.migrations import Irreversible
    from auditor.paths.database.naming import Naming
    from auditor.paths.entry.entries import Entries, EntryPoint
    from auditor.paths.errors.escape import Escapes
    from auditor.paths.errors.families import Families
    from auditor.paths.errors.unhandled import Unhandled
    from auditor.paths.names.hierarchy import Hierarchy
    from auditor.paths.outbound.calls import OutboundCalls
    from auditor.paths.outbound.services import Services
    from auditor.paths.queries.asked import Questions
    from auditor.paths.repeated.told import RepeatedQuery
    from auditor.paths.routes.api import Api
    from auditor.paths.templates.files import TemplateFiles
    from auditor.paths.unbounded.queries import UnboundedQuery
    from auditor.paths.watching.applications import Application, Applications
    from auditor.paths.watching.tracing import Tracing


Search = Callable[[], "Copies | None"]
"""Fetches the copies that another process looked for; None where it failed, and they are looked for here."""


class Project:
    """All judged files. Values derived from them are worked out once, when the first rule asks."""

    def __init__(
        self,
        files: Mapping[str, FileFacts],
        today: date,
        clones: Mapping[str, FileClones] | None = None,
        flows: Mapping[str, Flow] | None = None,
        knowledge: tuple[Path, ...] = (),
        search: Search | None = None,
        before: tuple[tuple[str, str, str], ...] = (),
        templates: TemplateFiles | None = None,
    ) -> None:
        self.files = files
        self.today = today
        self.clones = clones or {}
        self.flows = flows or {}
        self._knowledge = knowledge
        self._search = search
        self._templates = templates
        self.before = before
        """Routes that clients rely on: path, method, file of the handler."""

    @cached_property
    def _copies(self) -> Copies:
        from auditor.clones.copies import copies

        found = self._search() if self._search is not None else None
        return found or copies(self.clones, {path: self.files[path].kind for path in self.clones})

    @property
    def clone_groups(self) -> tuple[CloneGroup, ...]:
        """The groups of clones among source and tests."""
        return self._copies.groups

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of handlers in source."""
        return self._copies.families

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known of libraries."""
        from auditor.knowledge.load import load

        return load(self._knowledge)

    @property
    def has_graph(self) -> bool:
        """Whether the call graph stands already."""
        return "graph" in vars(self)

    @cached_property
    def graph(self) -> Graph:
        """Who calls whom."""
        from auditor.paths.calls.graph import Graph

        return Graph({path: self.files[path] for path in self.flows}, self.flows, self.knowledge)

    @cached_property
    def outside(self) -> Outside:
        """Which values come from outside."""
        from auditor.paths.calls.outside import Outside
        from auditor.paths.entry.injected import injected
        from auditor.paths.entry.inputs import numbers, typed

        kept = injected(self.graph)
        filled = {node: names for entry in self.entries for node, names in entry.filled(self.graph, kept)}
        told, tasks = typed(self.entries, self.graph)
        return Outside(self.graph, filled, told, numbers(self.entries, self.graph), tasks)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Which exception type is which other."""
        from auditor.paths.names.hierarchy import Hierarchy

        return Hierarchy(self.graph.symbols, self.knowledge)

    @cached_property
    def escapes(self) -> Escapes:
        """Which errors leave every function."""
        from auditor.paths.errors.escape import Escapes

        return Escapes(self.graph, self.outside, self.hierarchy)

    @cached_property
    def error_families(self) -> Families:
        """The project's own exceptions by family."""
        from auditor.paths.errors.families import Families

        return Families(self.graph, self.hierarchy)

    @cached_property
    def outbound(self) -> OutboundCalls:
        """The calls that leave the machine."""
        from auditor.paths.outbound.calls import OutboundCalls

        return OutboundCalls(self.graph)

    @cached_property
    def services(self) -> Services:
        """The outside services that entry points reach."""
        from auditor.paths.outbound.guarding import Guarding
        from auditor.paths.outbound.services import Services

        guarding = Guarding(self.graph, self.hierarchy, self.outbound.clients)
        return Services(self.graph, self.outbound, guarding, self.entries)

    @cached_property
    def api(self) -> Api:
        """The routes that others rely on."""
        from auditor.paths.routes.api import Api

        applications = self.applications
        return Api(self.routes, applications.versions_by_header, self.before, applications.here)

    @cached_property
    def unhandled(self) -> tuple[Unhandled, ...]:
        """The errors that leave entry points with nobody to answer for them."""
        from auditor.paths.errors.unhandled import unhandled

        return tuple(unhandled(self.entries, self.escapes))

    @cached_property
    def applications(self) -> Applications:
        """What the project runs, and what is switched on for it."""
        from auditor.paths.watching.applications import Applications

        return Applications(self.graph, lambda: self._entries.mounted)

    @cached_property
    def tracing(self) -> Tracing:
        """Whether an id of each request travels."""
        from auditor.paths.watching.tracing import Tracing

        return Tracing(self.graph, self.applications, self.outbound, self.requested)

    @cached_property
    def unwatched(self) -> tuple[tuple[Application, str], ...]:
        """What is not there to tell of failures, by application."""
        from auditor.paths.watching.monitoring import missing

        if not self.applications.all:
            return ()
        routes = [entry.route for entry in self.entries if entry.route is not None]
        return tuple(missing(self.applications, routes))

    @cached_property
    def deletions(self) -> Deletions:
        """The rows that are deleted for good."""
        from auditor.paths.database.deletions import Deletions

        return Deletions(self.graph, self.requested)

    @cached_property
    def requested(self) -> frozenset[Node]:
        """The scopes that requests reach."""
        from auditor.paths.calls.reach import Reach

        routes = [node for entry in self.entries if entry.kind == "route" for node in (entry.node, *entry.hooks)]
        return frozenset(Reach(self.graph, routes).from_entries)

    @cached_property
    def forgotten(self) -> tuple[tuple[str, str, Location], ...]:
        """Queries that forget to leave deleted rows out: model, column, place."""
        from auditor.paths.database.forgotten import forgotten

        return tuple(forgotten(self.graph, self.deletions))

    @cached_property
    def templates(self) -> TemplateFiles:
        """The templates of the tree, read when asked for."""
        from auditor.paths.templates.files import TemplateFiles

        return self._templates or TemplateFiles()

    @cached_property
    def questions(self) -> Questions:
        """Which questions every scope asks the database."""
        from auditor.paths.queries.asked import Questions

        return Questions(self.graph)

    @cached_property
    def repeated_queries(self) -> tuple[RepeatedQuery, ...]:
        """What is asked of the database once per element, by place."""
        from auditor.paths.repeated.told import repeated_queries

        return repeated_queries(self.graph, self.graph.callers, self.questions, self.templates)

    @cached_property
    def number_of_questions(self) -> int:
        """How many questions the code asks the database, each place counted once."""
        return sum(len(self.questions.of(node)) for node in self.graph.nodes)

    @cached_property
    def unbounded_queries(self) -> tuple[UnboundedQuery, ...]:
        """The queries whose rows all go into the answer of a route, by place."""
        from auditor.paths.unbounded.queries import unbounded_queries

        return unbounded_queries(self.graph, self.entries, self.questions, self.applications.here)

    @cached_property
    def irreversible_steps(self) -> tuple[Irreversible, ...]:
        """The steps of migrations that can not be taken back, by place."""
        from auditor.paths.database.migrations import irreversible

        return irreversible(self.graph)

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """What opens connections to database servers, by place."""
        from auditor.paths.database.engines import Engines

        return Engines(self.graph, self.graph.callers).all()

    @cached_property
    def naming(self) -> Naming:
        """How the fields of models and schemas are named."""
        from auditor.paths.database.naming import Naming

        return Naming(self.graph)

    @cached_property
    def entries(self) -> tuple[EntryPoint, ...]:
        """Where the outside world comes in: routes by path, tasks, commands."""
        return self._entries.all

    @property
    def lost_routes(self) -> tuple[Location, ...]:
        """Where routes are declared whose handler nobody can name: they are in no table."""
        return self._entries.lost

    @cached_property
    def _entries(self) -> Entries:
        from auditor.paths.entry.entries import Entries

        return Entries(self.graph, self.hierarchy)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The route table, by path, with what is known of each route's errors and request id."""
        from auditor.paths.errors.unhandled import handled

        traced = self.tracing.entered if self.applications.all else None
        starts = dict.fromkeys(entry for entry in self.entries if entry.route is not None)
        told = ((entry.route, handled(entry, self.escapes)) for entry in starts)
        return tuple(msgspec.structs.replace(route, handled=known, traced=traced) for route, known in told if route is not None)
