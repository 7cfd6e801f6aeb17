"""How sure a figure is and how old: the few words that stand beside every number."""

import hashlib
from datetime import date

from auditor.model.measure import Basis, Measure
from auditor.report.chart import slug


def basis(measure: Measure, today: str) -> str:
    """`measured today by auditor`, `declared 12 days ago by k6`, `stale, 94 days old`. `today` is ISO."""
    age = age_words(measure.taken_at, today)
    ours = measure.source == "auditor" or ("/" in measure.source and "://" not in measure.source)  # a rule of the audit
    by = "" if ours else f", by {measure.source}"
    if measure.basis is Basis.ABSENT:
        return f"not applicable: {measure.note or 'no reason was given'}"
    if measure.basis is Basis.UNKNOWN or not measure.known:
        return f"unknown: {measure.note or 'no reason was given'}"
    return f"{measure.basis.value} {age}{by}"


def anchor(measure: Measure) -> str:
    """Where the page has a figure with its evidence."""
    about = hashlib.sha256(measure.subject.encode("utf-8", "replace")).hexdigest()[:8] if measure.subject else ""
    return f"m-{slug(measure.name)}" + (f"-{about}" if about else "")


def age_words(taken_at: str, today: str) -> str:
    """`today` for what this audit took itself, `yesterday`, `12 days ago`; `at an unknown time` where that can not be read."""
    if not taken_at:
        return "today"
    try:
        days = (date.fromisoformat(today[:10]) - date.fromisoformat(taken_at[:10])).days
    except ValueError:
        return "at an unknown time"
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
