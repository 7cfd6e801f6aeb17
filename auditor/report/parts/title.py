"""What measures are called in front of people who do not read code."""

TITLES = {
    "grade.score": "Grade, points of 100",
    "api.limited_pct": "Routes with a rate limit",
    "api.limited_per_tenant_pct": "Routes with a limit for each tenant",
    "api.versioned_pct": "Routes with a version",
    "cache.hit_rate_pct": "Answers from the cache",
    "complexity.average": "Complexity of a function, on average",
    "complexity.functions_over_10": "Functions that are hard to test",
    "complexity.max": "Most complex function",
    "coverage.line_pct": "Lines that tests run",
    "coverage.branch_pct": "Branches that tests run",
    "dependencies.count": "Packages that the product needs",
    "dependencies.direct": "Packages chosen by the team",
    "dependencies.critical": "Packages with a critical hole",
    "dependencies.critical_or_high": "Packages with a critical or grave hole",
    "dependencies.low": "Packages with a light hole",
    "dependencies.medium": "Packages with a hole of medium weight",
    "dependencies.missing": "Packages imported and asked for nowhere",
    "dependencies.not_audited": "Packages that were not audited",
    "dependencies.outdated": "Packages behind their last release",
    "dependencies.unknown": "Packages with a hole of unknown weight",
    "dependencies.unused": "Packages that nothing imports",
    "dependencies.vulnerable": "Packages with a known hole",
    "dependencies.high": "Packages with a grave hole",
    "dependencies.unaudited": "Packages nobody has audited",
    "database.hot_n_plus_one": "Queries in loops on hot paths",
    "database.n_plus_one": "Queries in loops",
    "database.naming_pct": "Fields named alike",
    "database.queries_without_timeout": "Databases without a time limit",
    "database.unpooled_engines": "Databases without a pool",
    "duplication.controller_families": "Families of look-alike handlers",
    "duplication.density_pct": "Code that stands more than once",
    "duplication.removable_lines": "Lines that could go",
    "errors.broad_handlers": "Places that catch every error",
    "errors.generic_raises": "Errors without a name of their own",
    "errors.handled_paths_pct": "Routes whose errors are handled",
    "errors.lost_causes": "Errors that lose their cause",
    "errors.lost_tasks": "Background work nobody watches",
    "errors.swallowed": "Errors nobody hears of",
    "errors.unchecked_results": "Outcomes nobody checks",
    "http.availability_pct": "Time in service",
    "http.error_rate_pct": "Requests that fail",
    "http.p50_ms": "Half of the answers come within",
    "http.p95_ms": "95 of 100 answers come within",
    "http.p99_ms": "99 of 100 answers come within",
    "http.requests": "Requests made",
    "incidents.count": "Incidents in production",
    "latency.p95_ms": "95 of 100 answers come within",
    "cache.hit_pct": "Answers from the cache",
    "maintainability.average": "Maintainability, 0 to 100",
    "resilience.breaker_pct": "Outside services with a breaker",
    "resilience.soft_delete_pct": "Records that are only marked as deleted",
    "resilience.timeout_pct": "Calls outside with a time limit",
    "resilience.traced_pct": "Requests that can be followed",
    "sentry.unresolved": "Open errors in production",
    "size.code_lines": "Lines of code",
    "tests.failed": "Tests that fail",
    "tests.passed_pct": "Tests that pass",
    "tests.total": "Tests",
    "todo.count": "Notes of unfinished work",
    "todo.security": "Unfinished security work",
}


def title(measure: str) -> str:
    """A measure's name in plain words. One that is not in the table is read out: `api.unlimited_routes` as `Unlimited routes`,
    `queue.depth` as `Queue: depth`.
    """
    told = TITLES.get(measure)
    if told is None:
        room, _, name = measure.partition(".")
        words = (name or room).removesuffix("_pct").removesuffix("_ms").replace("_", " ").replace(".", " ")
        told = words if " " in words or not name else f"{room.replace('_', ' ')}: {words}"
    return told[:1].upper() + told[1:]
