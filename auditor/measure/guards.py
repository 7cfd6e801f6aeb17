"""How well guards cover the paths of a project: errors handled, routes limited, calls timed, requests traced."""

from collections.abc import Iterator

from auditor.model.measure import Measure, unknown
from auditor.paths.outbound.calls import waits
from auditor.paths.project import Project

NO_ENTRIES = "no entry points were found: the project looks like a library"
NO_ROUTES = "no routes were found: the project looks like a library"
NO_CALLS = "no call of another machine was found"
NO_SERVICES = "no entry point reaches an outside service"
NO_MODELS = "no model with critical rows was found"


def guards(project: Project) -> Iterator[Measure]:
    """The measures of the packs about paths, each unknown where there is nothing to measure."""
    yield from _errors(project)
    yield from _api(project)
    yield from _resilience(project)


def _errors(project: Project) -> Iterator[Measure]:
    entries = {entry.node for entry in project.entries}
    open_ = {one.entry.node for one in project.unhandled}
    yield _share("errors.handled_paths_pct", len(entries - open_), len(entries), NO_ENTRIES)


def _api(project: Project) -> Iterator[Measure]:
    api = project.api
    routes, public = api.reachable, api.versionable
    yield Measure("api.routes", len(api.routes)) if api.routes else unknown("api.routes", NO_ROUTES)
    versioned = sum(api.by_header or bool(route.version) for route in public)
    yield _share("api.versioned_pct", versioned, len(public), NO_ROUTES)
    yield _share("api.limited_pct", sum(bool(route.limited) for route in routes), len(routes), NO_ROUTES)
    yield _share("api.limited_per_tenant_pct", len(api.limited_per_one), len(routes), NO_ROUTES)


def _resilience(project: Project) -> Iterator[Measure]:
    calls = [one for one in project.outbound.all if not one.local and waits(one.effect)]
    yield _share("resilience.timeout_pct", sum(one.bounded is True for one in calls), len(calls), NO_CALLS)
    reached = project.services.reached
    yield _share("resilience.breaker_pct", sum(reached.values()), len(reached), NO_SERVICES)
    tied, links = project.tracing.tied
    yield _share("resilience.traced_pct", tied, links, NO_ENTRIES)
    kept, critical = project.deletions.kept
    yield _share("resilience.soft_delete_pct", kept, critical, NO_MODELS)


def _share(name: str, good: int, whole: int, why: str) -> Measure:
    return Measure(name, round(100 * good / whole, 1), "%") if whole else unknown(name, why, "%")
