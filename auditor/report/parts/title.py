"""What measures are called in front of people who do not read code."""

TITLES = {
    "grade.score": "Grade, points of 100",
    "complexity.average": "Complexity of a function, on average",
    "complexity.functions_over_10": "Functions that are hard to test",
    "complexity.max": "Most complex function",
    "coverage.line_pct": "Lines that tests run",
    "coverage.branch_pct": "Branches that tests run",
    "dependencies.count": "Packages that the product needs",
    "dependencies.direct": "Packages chosen by the team",
    "dependencies.critical": "Packages with a critical hole",
    "dependencies.high": "Packages with a grave hole",
    "dependencies.unaudited": "Packages nobody has audited",
    "duplication.density_pct": "Code that stands more than once",
    "duplication.removable_lines": "Lines that could go",
    "errors.broad_handlers": "Places that catch every error",
    "errors.generic_raises": "Errors without a name of their own",
    "errors.lost_causes": "Errors that lose their cause",
    "errors.lost_tasks": "Background work nobody watches",
    "errors.swallowed": "Errors nobody hears of",
    "errors.unchecked_results": "Outcomes nobody checks",
    "latency.p95_ms": "Answer time of the slowest 5 %",
    "cache.hit_pct": "Answers from the cache",
    "maintainability.average": "Maintainability, 0 to 100",
    "size.code_lines": "Lines of code",
    "todo.count": "Notes of unfinished work",
    "todo.security": "Unfinished security work",
}


def title(measure: str) -> str:
    """A measure's name in plain words; one that is not in the table is read out: `api.unlimited_routes` as `Unlimited routes`."""
    told = TITLES.get(measure)
    if told is None:
        words = measure.partition(".")[2] or measure
        told = words.removesuffix("_pct").removesuffix("_ms").replace("_", " ").replace(".", " ")
    return told[:1].upper() + told[1:]
