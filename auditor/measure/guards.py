"""How well guards cover the paths of a project: errors handled, routes limited, calls timed, requests traced."""

from collections.abc import Iterator

from auditor.knowledge.entries import Mount, Route, Router
from auditor.knowledge.packages import purposes
from auditor.model.measure import Measure, absent, unknown
from auditor.paths.project import Project
from auditor.paths.routes.api import DOUBTFUL

FRAMEWORK = "web framework"
"""The job under which packages that declare routes are listed."""
NO_ENTRIES = "no entry points were found: the project looks like a library"
NO_ROUTES = "no routes were found: the project looks like a library"
NO_PUBLIC = "no route is there for programs of others"
NO_CALLS = "no call of another machine was found"
NO_SERVICES = "no entry point reaches an outside service"
NO_APPLICATION = "no application was found: the project looks like a library"
NO_MODELS = "no model with critical rows was found"

SHARES = (
    "errors.handled_paths_pct api.versioned_pct api.limited_pct api.limited_per_tenant_pct resilience.timeout_pct "
    "resilience.breaker_pct resilience.traced_pct resilience.soft_delete_pct"
).split()
COUNTS = (
    "errors.entry_points api.routes api.handlers api.public_handlers resilience.outside_calls resilience.outside_services "
    "resilience.signals resilience.critical_models"
).split()
NAMES = dict.fromkeys(SHARES, "%") | dict.fromkeys(COUNTS, "count")
"""The measures of this part, with their units."""

WATCHERS = 3
"""What should tell of an application's failures: an error tracker, metrics, a health check."""


def guards(project: Project) -> Iterator[Measure]:
    """The measures of the packs about paths: shares, and the numbers of what they are shares of. Where there is nothing to
    measure they are absent; where that may only seem so, for a framework that nobody here can read, they are unknown.
    """
    unread = _unread(project)
    for one in (*_errors(project), *_api(project), *_resilience(project)):
        if one.note in (NO_ENTRIES, NO_ROUTES, NO_PUBLIC, NO_APPLICATION) and unread:
            yield unknown(one.name, f"the project uses {unread}, and how that declares routes is not known", one.unit)
        else:
            yield one


def _unread(project: Project) -> str:
    """A web framework that the source imports and that no knowledge file describes, or nothing."""
    listed = {name for purpose in purposes() if purpose.job == FRAMEWORK for name in purpose.packages}
    for library in project.knowledge.libraries:
        if any(isinstance(row, Route | Mount | Router) for row in (*library.route, *library.mount, *library.router)):
            listed -= set(library.imports)
    source = (file for _, file in sorted(project.files.items()) if file.kind == "source")
    tops = (one.target.partition(".")[0] for file in source for one in file.imports)
    return next((top for top in tops if top in listed), "")


def _errors(project: Project) -> Iterator[Measure]:
    entries = {entry.node for entry in project.entries}
    open_ = {one.entry.node for one in project.unhandled}
    yield _count("errors.entry_points", len({entry.label for entry in project.entries}), NO_ENTRIES)
    yield _share("errors.handled_paths_pct", len(entries - open_), len(entries), NO_ENTRIES)


def _api(project: Project) -> Iterator[Measure]:
    api = project.api
    routes, public = api.reachable, api.versionable
    limited, versioned = api.handlers
    yield _count("api.routes", len(api.routes), NO_ROUTES)
    yield _count("api.handlers", len(limited), NO_ROUTES)
    yield _count("api.public_handlers", len(versioned), NO_PUBLIC if api.routes else NO_ROUTES)
    told = sum(api.by_header or bool(route.version) for route in public)
    yield _share("api.versioned_pct", told, len(public), NO_PUBLIC if api.routes else NO_ROUTES)
    told_of = [route for route in routes if route.limited != DOUBTFUL]
    if routes and not told_of:
        for name in ("api.limited_pct", "api.limited_per_tenant_pct"):
            yield unknown(name, "what looks like a limiter of the project's own can not be judged", "%")
        return
    yield _share("api.limited_pct", sum(bool(route.limited) for route in told_of), len(told_of), NO_ROUTES)
    yield _share("api.limited_per_tenant_pct", len(api.limited_per_one), len(told_of), NO_ROUTES)


def _resilience(project: Project) -> Iterator[Measure]:
    calls = project.outbound.waiting
    yield _count("resilience.outside_calls", len(calls), NO_CALLS)
    yield _share("resilience.timeout_pct", sum(one.bounded is True for one in calls), len(calls), NO_CALLS)
    reached = project.services.reached
    yield _count("resilience.outside_services", len(reached), NO_SERVICES)
    yield _share("resilience.breaker_pct", sum(reached.values()), len(reached), NO_SERVICES)
    tied, links = project.tracing.tied
    yield _count("resilience.signals", links + WATCHERS * len(project.applications.all), NO_APPLICATION)
    yield _share("resilience.traced_pct", tied, links, NO_APPLICATION)
    kept, critical = project.deletions.kept
    yield _count("resilience.critical_models", critical, NO_MODELS)
    yield _share("resilience.soft_delete_pct", kept, critical, NO_MODELS)


def _count(name: str, number: int, why: str) -> Measure:
    return Measure(name, number) if number else absent(name, why)


def _share(name: str, good: int, whole: int, why: str) -> Measure:
    return Measure(name, round(100 * good / whole, 1), "%", note=f"{good:,} of {whole:,}") if whole else absent(name, why, "%")
