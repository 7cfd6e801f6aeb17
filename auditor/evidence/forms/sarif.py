"""SARIF 2.1.0 of any other tool: its findings as ours, under the tool's name. The file is hostile until proven otherwise."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from auditor.evidence.record import MOST_FINDINGS, Evidence, Refused, from_iso
from auditor.model.finding import Confidence, Finding, Location, Severity, Suppression
from auditor.model.measure import Measure
from auditor.model.snapshot import RuleInfo

OWN = "auditor"
LEVELS = {"error": Severity.HIGH, "warning": Severity.MEDIUM, "note": Severity.LOW, "none": Severity.INFO}
SCORES = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
"""CVSS's own steps, by which GitHub reads `security-severity` too."""
FLAT = frozenset(("ruff", "flake8", "pycodestyle"))
"""Tools that write `error` beside whatever they find, blank lines too: of them the level says nothing, so all is medium."""
LONGEST_MESSAGE = 2000
MOST_LINES = 10_000_000
CWE = re.compile(r"cwe[-_/ ]?0*(\d{1,5})\b", re.IGNORECASE)


class _Tool(msgspec.Struct, frozen=True):
    """A run's tool: its name for people, for ids, and its rules by id and by place."""

    name: str
    slug: str
    rules: dict[str, Mapping[str, object]]
    order: tuple[str, ...]


def sarif(page: Mapping[str, object], file: str) -> Evidence:
    """All runs' failing results that are not gone. Raises Refused where there is no run, or nothing but our own.

    Results without a place in a file, or with one outside the project, are counted in the notes and not made findings.
    """
    runs = [run for run in _list(page.get("runs")) if isinstance(run, dict)]
    if not runs:
        raise Refused("the SARIF holds no run")
    tools = [_tool(run) for run in runs]
    others = [(tool, run) for tool, run in zip(tools, runs, strict=True) if tool.slug != OWN]
    if not others:
        raise Refused("this is auditor's own SARIF: its findings are here already")
    left: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    found: dict[tuple[str, str, int, str], Finding] = {}
    for tool, run in others:
        for one in _findings(tool, run, left, lost):
            found.setdefault((one.rule, one.location.path, one.location.line, one.message), one)
    findings = tuple(sorted(found.values(), key=lambda one: one.sort_key))[:MOST_FINDINGS]
    if len(found) > len(findings):
        lost[f"were not read: at most {MOST_FINDINGS:,} are, the gravest"] = len(found) - len(findings)
    measures = tuple(_count(slug, findings) for slug in sorted({tool.slug for tool, _ in others}))
    used = {one.rule for one in findings}
    rules = {info.id: info for tool, _ in others for info in _infos(tool, findings) if info.id in used}
    return Evidence(
        kind="sarif",
        tool=", ".join(sorted({tool.name for tool, _ in others})),
        file=file,
        taken_at=max((_ended(run) for _, run in others), default=""),
        measures=measures,
        findings=findings,
        rules=tuple(rules[name] for name in sorted(rules)),
        notes=tuple(f"{count:,} results {why}" for why, count in sorted(left.items())),
        gaps=tuple(f"{count:,} results {why}" for why, count in sorted(lost.items())),
    )


def _tool(run: Mapping[str, object]) -> _Tool:
    driver = _dict(_dict(run.get("tool")).get("driver"))
    name = _text(driver.get("name"))[:80] or "unnamed tool"
    rules = {}
    order = []
    for part in (driver, *map(_dict, _list(_dict(run.get("tool")).get("extensions")))):
        for rule in map(_dict, _list(part.get("rules"))):
            order.append(_text(rule.get("id")))
            rules[order[-1]] = rule
    return _Tool(name, slug(name), rules, tuple(order))


def slug(name: str) -> str:
    """A tool's name as the first part of a rule's id: `bandit`, `semgrep-oss`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "tool"


def _findings(tool: _Tool, run: Mapping[str, object], left: Counter[str], lost: Counter[str]) -> Iterator[Finding]:
    for result in _list(run.get("results")):
        if not isinstance(result, dict):
            lost["could not be read"] += 1
        elif result.get("kind", "fail") == "fail" and result.get("baselineState") != "absent":
            finding = _finding(tool, run, result)
            if isinstance(finding, str):
                left[finding] += 1
            else:
                yield finding


def _finding(tool: _Tool, run: Mapping[str, object], result: Mapping[str, object]) -> Finding | str:
    place = next((_dict(one) for one in _list(result.get("locations"))), {})
    physical = _dict(place.get("physicalLocation"))
    artifact = _dict(physical.get("artifactLocation"))
    raw = _text(artifact.get("uri")) or _artifact(run, artifact.get("index"))
    if not raw:
        return "name no file"
    path = inside(raw)
    if not path:
        return "lie outside the project"
    name, rule = _rule(tool, result)
    region = _dict(physical.get("region"))
    return Finding(
        rule=f"{tool.slug}/{_id(name)}",
        severity=_severity(rule, result, tool.slug in FLAT),
        confidence=_confidence(rule, result),
        location=Location(path, *(_at(region.get(key), low) for key, low in REGION)),
        message=_message(rule, result)[:LONGEST_MESSAGE] or name or "the tool gave no message",
        facts={"tool": tool.name},
        suppressed=_suppressed(tool, result),
    )


REGION = (("startLine", 1), ("startColumn", 1), ("endLine", 0), ("endColumn", 0))


def _rule(tool: _Tool, result: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    inner = _dict(result.get("rule"))
    name = _text(result.get("ruleId")) or _text(inner.get("id"))
    at = result.get("ruleIndex", inner.get("index"))
    if not name and isinstance(at, int) and 0 <= at < len(tool.order):
        name = tool.order[at]
    if name in tool.rules:
        return name, tool.rules[name]
    head = name.rpartition("/")[0]  # a hierarchical id: the rule's own is a part of the result's
    return name, tool.rules.get(head, {})


def _id(name: str) -> str:
    return re.sub(r"[^\w.@-]+", "-", name).strip("-")[:120] or "unnamed"


def _severity(rule: Mapping[str, object], result: Mapping[str, object], flat: bool) -> Severity:
    for owner in (result, rule):
        properties = _dict(owner.get("properties"))
        try:
            score = float(str(properties.get("security-severity", "")))
        except ValueError:
            continue
        return next((name for least, name in SCORES if score >= least), Severity.INFO)
    if flat:
        return Severity.MEDIUM
    level = result.get("level") or _dict(rule.get("defaultConfiguration")).get("level") or "warning"
    return LEVELS.get(str(level), Severity.MEDIUM)


def _confidence(rule: Mapping[str, object], result: Mapping[str, object]) -> Confidence:
    for owner in (result, rule):
        properties = _dict(owner.get("properties"))
        for key in ("issue_confidence", "confidence", "precision"):
            word = str(properties.get(key, "")).lower()
            if word:
                return {"very-high": Confidence.HIGH, "high": Confidence.HIGH, "low": Confidence.LOW}.get(word, Confidence.MEDIUM)
    return Confidence.MEDIUM


def _message(rule: Mapping[str, object], result: Mapping[str, object]) -> str:
    message = _dict(result.get("message"))
    text = _text(message.get("text"))
    if not text:
        strings = _dict(rule.get("messageStrings"))
        text = _text(_dict(strings.get(_text(message.get("id")))).get("text"))
        text = text or _text(_dict(rule.get("shortDescription")).get("text"))
    for number, word in enumerate(_list(message.get("arguments"))[:20]):
        text = text.replace(f"{{{number}}}", _text(word)[:200])
    return " ".join(text[: 2 * LONGEST_MESSAGE].split())


def _suppressed(tool: _Tool, result: Mapping[str, object]) -> Suppression | None:
    """A suppression that is under review or rejected is none (SARIF 3.35.3)."""
    for one in map(_dict, _list(result.get("suppressions"))):
        if one.get("status", "accepted") == "accepted":
            return Suppression("comment", _text(one.get("justification"))[:300] or f"suppressed in {tool.name}")
    return None


def _artifact(run: Mapping[str, object], index: object) -> str:
    artifacts = _list(run.get("artifacts"))
    if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(artifacts):
        return _text(_dict(_dict(artifacts[index]).get("location")).get("uri"))
    return ""


def inside(uri: str) -> str:
    """A relative path with `/` that stays inside the project, or an empty string. An absolute URI is kept as its path
    without the root, for whoever knows where the project lay to cut it: see `settle`.
    """
    if len(uri) > 1000 or "\0" in uri:
        return ""
    text = uri.replace("\\", "/")
    if re.match(r"[a-zA-Z]:/", text):
        text = text[2:]
    elif "://" in text or text.startswith("file:"):
        parts = urlsplit(text)
        if parts.scheme != "file":
            return ""
        text = parts.path
    words = [word for word in unquote(text).split("/") if word not in ("", ".")]
    if ".." in words or not words or "\0" in "".join(words):
        return ""
    return ("//" if text.startswith("/") else "") + "/".join(words)


def _at(value: object, least: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value < MOST_LINES else least


def _infos(tool: _Tool, findings: tuple[Finding, ...]) -> Iterator[RuleInfo]:
    worst: dict[str, Severity] = {}
    for one in findings:
        worst[one.rule] = min(worst.get(one.rule, one.severity), one.severity, key=lambda severity: severity.rank)
    for name, rule in tool.rules.items():
        full = f"{tool.slug}/{_id(name)}"
        title = _text(_dict(rule.get("shortDescription")).get("text")) or _words(_text(rule.get("name"))) or name
        why = _text(_dict(rule.get("fullDescription")).get("text")) or title
        said = " ".join([*map(str, _list(_dict(rule.get("properties")).get("tags"))), _text(rule.get("helpUri"))])
        cwe = tuple(sorted({int(number) for number in CWE.findall(said[:5000])}))
        short, long = (" ".join(text.split()) for text in (title[:200], why[:1000]))
        yield RuleInfo(full, short, long, worst.get(full, Severity.MEDIUM).value, cwe)


def _words(name: str) -> str:
    """A rule's name as words, where it is written like a function's."""
    return name.replace("_", " ") if " " not in name else name


def _count(name: str, findings: tuple[Finding, ...]) -> Measure:
    mine = sum(one.suppressed is None and one.rule.startswith(f"{name}/") for one in findings)
    return Measure(f"findings.{name}", mine, "findings", source=name)


def _ended(run: Mapping[str, object]) -> str:
    times = [from_iso(_text(_dict(one).get("endTimeUtc"))) for one in _list(run.get("invocations"))]
    return max(times, default="")


def _dict(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
