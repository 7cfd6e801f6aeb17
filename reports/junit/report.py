"""The audit as JUnit XML: a case a finding, a passing case a rule that found nothing, errors for what failed."""

from xml.etree import ElementTree as Xml

from auditor.report import Finding, Report, View, cut, visible

LONGEST_NAME = 240


class Junit(Report):
    """Findings that count are failures, suppressed ones are skipped, rules that crashed are errors; the gate is a case too."""

    name = "junit"
    suffix = ".xml"
    title = "JUnit XML for a build server's list of tests"

    def render(self, view: View) -> str:
        suite = Xml.Element("testsuite", name=f"auditor: {visible(view.snapshot.project)}", timestamp=view.snapshot.taken_at[:19])
        for finding in (*view.counted, *view.suppressed):
            _finding(suite, finding)
        for rule in view.snapshot.rules:
            if not any(group.rule.id == rule.id for group in view.groups):
                _case(suite, rule.id, rule.title)
        for crash in view.snapshot.crashed:
            case = _case(suite, crash.rule, f"failed on {crash.path or 'the project'}")
            Xml.SubElement(case, "error", message="the rule failed").text = visible(crash.traceback, keep="\n")
        _gate(suite, view)
        for kind in ("failure", "error", "skipped"):
            plural = kind if kind == "skipped" else f"{kind}s"
            suite.set(plural, str(len(suite.findall(f"testcase/{kind}"))))
        suite.set("tests", str(len(suite.findall("testcase"))))
        whole = Xml.Element("testsuites", name="auditor")
        whole.append(suite)
        Xml.indent(whole)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(whole, encoding="unicode") + "\n"


def _case(suite: Xml.Element, classname: str, name: str, **more: str) -> Xml.Element:
    shown = {"classname": cut(visible(classname), LONGEST_NAME), "name": cut(visible(name), LONGEST_NAME), "time": "0"}
    return Xml.SubElement(suite, "testcase", {**shown, **more})


def _finding(suite: Xml.Element, finding: Finding) -> None:
    place = finding.location
    where = {"file": visible(place.path), "line": str(max(place.line, 1))} if place.path else {}
    case = _case(suite, finding.rule, f"{place.path or 'the project'}:{place.line} {finding.message}", **where)
    if finding.suppressed is not None:
        Xml.SubElement(case, "skipped", message=visible(finding.suppressed.reason or "suppressed"))
        return
    failure = Xml.SubElement(case, "failure", message=visible(finding.message), type=finding.severity.value)
    hops = [f"  {hop.location.path}:{hop.location.line} {hop.text}" for hop in finding.path]
    failure.text = "\n".join(visible(line) for line in (f"{place.path}:{place.line} {finding.message}", *hops))


def _gate(suite: Xml.Element, view: View) -> None:
    case = _case(suite, "gate", "the gate passes")
    if view.verdict.passed is not True:
        kind = "error" if view.verdict.passed is None else "failure"
        Xml.SubElement(case, kind, message=view.outcome).text = "\n".join(visible(one) for one in view.verdict.reasons)
