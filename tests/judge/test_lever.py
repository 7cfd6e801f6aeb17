"""The single change that raises the grade most is found by working the formula out anew."""

from auditor.judge.grade import grade
from auditor.judge.lever import levers
from auditor.model.finding import Finding
from auditor.model.snapshot import Package
from tests.judge.values import finding, measures, snapshot


def many(rule: str, number: int, severity: str = "medium") -> list[Finding]:
    return [finding(rule, severity, line=line) for line in range(1, number + 1)]


def test_a_flawless_project_has_nothing_to_pull() -> None:
    assert levers(snapshot()) == ()
    assert levers(snapshot(files={}, figures=())) == ()


def test_the_rule_with_most_weight_comes_first_and_its_grade_is_the_formulas() -> None:
    code = snapshot([*many("errors/broad-except", 40), *many("errors/lost-cause", 5)])
    best = levers(code)[0]
    assert best.text == "mend 40 findings: errors/broad-except"
    after = grade(snapshot(many("errors/lost-cause", 5)))
    assert (best.letter, best.score) == (after.letter, after.score)


def test_a_grave_finding_that_caps_the_grade_comes_before_more_points() -> None:
    code = snapshot([*many("security/todo", 1, "critical"), *many("errors/broad-except", 8)])
    assert levers(code)[0].text == "mend 1 finding: security/todo"


def test_a_gap_in_the_measuring_is_a_lever_too() -> None:
    best = levers(snapshot(figures=measures(coverage__line_pct=None)))[0]
    assert best.text == "measure coverage: not measured (why not)"
    waiting = Package("flask", "3.0", True, True, "not audited", "no answer")
    clean = [Package(f"p{n}", "1", True, True, "clean") for n in range(30)]
    assert "1 package audited" in levers(snapshot(packages=(waiting, *clean)))[0].text


def test_an_audit_of_dependencies_that_never_answered_is_a_lever_that_lifts_its_cap() -> None:
    waiting = tuple(Package(f"p{n}", "1", True, True, "not audited", "offline") for n in range(9))
    figures = measures(dependencies__critical=None, dependencies__high=None)
    best = levers(snapshot(figures=figures, packages=waiting))[0]
    assert best.text == "measure dependencies: not measured (why not)"
    assert best.letter == "A+"
