"""Every known form gives the figures that stand in it, told from its content; what says nothing is unknown."""

import gzip
import json
from pathlib import Path

import pytest

from auditor.evidence.forms.k6 import percentile
from auditor.evidence.recognise import recognise
from auditor.evidence.record import Evidence, Refused
from tests.evidence import made


def figures(piece: Evidence, subject: str = "") -> dict[str, float | None]:
    return {one.name: one.value for one in piece.measures if one.subject == subject}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made.covered(tmp_path_factory.mktemp("covered"))


@pytest.mark.parametrize("name", ["coverage.xml", "coverage.json", "coverage.lcov"])
def test_coverage_py_says_the_same_in_all_its_forms(project: dict[str, Path], name: str) -> None:
    piece = recognise(project[name].read_bytes(), "any-name")
    counted = json.loads(project["coverage.json"].read_text())["totals"]
    assert figures(piece) == {
        "coverage.line_pct": round(100 * counted["covered_lines"] / counted["num_statements"], 4),
        "coverage.branch_pct": round(100 * counted["covered_branches"] / counted["num_branches"], 4),
    }
    assert piece.taken_at == "" if name == "coverage.lcov" else piece.taken_at > "2020"


def test_the_line_share_is_not_the_one_that_mixes_branches_in(project: dict[str, Path]) -> None:
    mixed = json.loads(project["coverage.json"].read_text())["totals"]["percent_covered"]
    assert figures(recognise(project["coverage.json"].read_bytes(), "x"))["coverage.line_pct"] != mixed


def test_pytests_own_junit_xml_is_counted(project: dict[str, Path]) -> None:
    piece = recognise(project["junit.xml"].read_bytes(), "x")
    assert (figures(piece)["tests.total"], figures(piece)["tests.passed_pct"]) == (1, 100)
    assert piece.taken_at > "2020"


def test_cases_are_counted_and_not_the_head_of_a_suite() -> None:
    text = b'<testsuites tests="99"><testsuite><testcase/><testcase><failure/></testcase><testcase><error/></testcase>'
    text += b"<testcase><skipped/></testcase></testsuite></testsuites>"
    assert figures(recognise(text, "x")) == {
        "tests.errors": 1, "tests.failed": 1, "tests.skipped": 1, "tests.total": 4, "tests.passed_pct": 33.3333,
    }  # fmt: skip


def test_a_suite_in_which_no_test_ran_has_no_share() -> None:
    assert figures(recognise(b"<testsuite><testcase><skipped/></testcase></testsuite>", "x"))["tests.passed_pct"] is None


COBERTURA = b"""<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.99" branch-rate="0.5" lines-covered="2" lines-valid="4" timestamp="1774000000" version="1.9">
<packages><package><classes>
<class filename="A.py"><methods><method><lines><line number="1" hits="5"/></lines></method></methods>
<lines><line number="1" hits="5"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines></class>
<class filename="A.py"><lines><line number="2" hits="1"/><line number="3" hits="0"/></lines></class>
</classes></package></packages></coverage>"""


def test_coberturas_lines_count_once_and_before_its_head() -> None:
    piece = recognise(COBERTURA, "x")
    assert figures(piece) == {"coverage.line_pct": round(200 / 3, 4), "coverage.branch_pct": 50}
    assert (piece.tool, piece.taken_at) == ("Cobertura", "2026-03-20T09:46:40+00:00")


def test_without_lines_the_head_counts_and_without_either_nothing_is_known() -> None:
    assert figures(recognise(b'<coverage lines-covered="3" lines-valid="4"/>', "x"))["coverage.line_pct"] == 75
    assert figures(recognise(b'<coverage line-rate="0.81"/>', "x"))["coverage.line_pct"] == 81
    assert figures(recognise(b'<coverage lines-covered="0" lines-valid="0" line-rate="1"/>', "x"))["coverage.line_pct"] is None
    assert figures(recognise(b'<coverage lines-covered="5" lines-valid="4"/>', "x"))["coverage.line_pct"] is None


def test_lcov_counts_lines_and_branches_of_repeated_files_once() -> None:
    text = "TN:\nSF:a.js\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nLF:2\nLH:2\nend_of_record\n"
    text += "SF:a.js\nDA:2,3\nDA:3,0\nend_of_record\n"
    assert figures(recognise(text.encode(), "x")) == {"coverage.line_pct": round(200 / 3, 4), "coverage.branch_pct": 50}
    sums = b"SF:a.js\nLF:10\nLH:8\nend_of_record\n"
    assert figures(recognise(sums, "x")) == {"coverage.line_pct": 80}


@pytest.mark.parametrize("page", [made.k6_export(), made.k6_summary()])
def test_k6s_two_summaries_say_the_same(page: bytes) -> None:
    piece = recognise(page, "x")
    assert figures(piece) == {"http.p95_ms": 181.5, "http.p50_ms": 60.5, "http.error_rate_pct": 2, "http.requests": 200}
    assert figures(piece, "ANY /api/events/{id}") == {
        "http.p95_ms": 320, "http.p50_ms": pytest.approx(106.67, abs=0.01), "http.error_rate_pct": 10,
    }  # fmt: skip
    assert figures(piece, "POST /api/orders")["http.p95_ms"] == 90


def test_k6s_structured_summary_says_the_same_and_when() -> None:
    metrics = [{"name": name, **body} for name, body in json.loads(made.k6_summary())["metrics"].items()]
    page = {
        "version": "0.1.0", "config": {"execution": "local", "duration": 30.0},
        "metadata": {"k6_version": "2.0.0", "generated_at": "2026-03-20T10:00:00Z"},
        "results": {"metrics": metrics, "checks": {"metrics": [], "results": []}},
    }  # fmt: skip
    piece = recognise(json.dumps(page).encode(), "x")
    assert piece.measures == recognise(made.k6_summary(), "x").measures
    assert piece.taken_at == "2026-03-20T10:00:00+00:00"


def test_a_summary_without_a_percentile_is_unknown_and_one_without_requests_is_refused() -> None:
    page = json.dumps({"metrics": {"http_req_duration": {"avg": 1}}, "root_group": {}}).encode()
    assert figures(recognise(page, "x"))["http.p95_ms"] is None
    with pytest.raises(Refused, match="no HTTP requests"):
        recognise(json.dumps({"metrics": {"iterations": {"count": 1}}}).encode(), "x")


@pytest.mark.parametrize("packed", [False, True])
def test_k6s_stream_is_worked_out_from_its_points(packed: bool, tmp_path: Path) -> None:
    from auditor.evidence.recognise import read

    data = made.k6_stream([float(n) for n in range(1, 101)], failed=5)
    (tmp_path / "out").write_bytes(gzip.compress(data) if packed else data)
    piece = read(tmp_path / "out")
    expected = {"http.p50_ms": 50.5, "http.p95_ms": 95.05, "http.p99_ms": 99.01, "http.requests": 100, "http.error_rate_pct": 5}
    assert figures(piece) == expected
    assert figures(piece, "GET /api/events") == expected
    assert piece.taken_at == "2026-03-20T13:01:39+00:00"


def test_broken_lines_of_a_stream_are_told() -> None:
    data = made.k6_stream([1.0, 2.0]) + b'{"type":"Point","metric":"http_req_duration","data":{"value":-1}}\nnot json\n'
    assert recognise(data, "x").gaps == ("2 of its lines could not be read",)


def test_percentiles_are_straight_between_ranks() -> None:
    assert [percentile([1.0, 2.0, 3.0, 4.0], share) for share in (0, 0.5, 1)] == [1, 2.5, 4]
    assert percentile([7.0], 0.95) == 7


def test_redis_tells_its_hit_rate() -> None:
    assert figures(recognise(made.REDIS.encode(), "x")) == {"cache.hit_rate_pct": 72}
    idle = made.REDIS.replace("720", "0").replace("280", "0")
    assert figures(recognise(idle.encode(), "x")) == {"cache.hit_rate_pct": None}
    assert figures(recognise(b"redis_version:7\n", "x")) == {"cache.hit_rate_pct": None}


def test_an_answer_of_prometheus_needs_a_name() -> None:
    with pytest.raises(Refused, match="--measure"):
        recognise(made.vector(({}, "72.5")), "x")
    piece = recognise(made.vector(({}, "72.5")), "x", "cache.hit_rate_pct")
    assert (figures(piece), piece.measures[0].unit) == ({"cache.hit_rate_pct": 72.5}, "%")
    assert piece.taken_at == "2026-03-20T09:46:40+00:00"


def test_series_with_a_route_are_that_routes_figures() -> None:
    data = made.vector(({"handler": "/api/events", "method": "get"}, "120"), ({"handler": "/api/orders"}, "80"))
    piece = recognise(data, "x", "http.p95_ms")
    assert figures(piece, "GET /api/events") == {"http.p95_ms": 120}
    assert figures(piece, "ANY /api/orders") == {"http.p95_ms": 80}


def test_no_series_several_series_and_no_number_are_unknown() -> None:
    for data in (made.vector(), made.vector(({"pod": "a"}, "1"), ({"pod": "b"}, "2")), made.vector(({}, "NaN"))):
        (only,) = recognise(data, "x", "cache.hit_rate_pct").measures
        assert only.value is None
        assert only.note
    with pytest.raises(Refused, match="parse error"):
        recognise(b'{"status":"error","errorType":"bad_data","error":"parse error"}', "x", "cache.hit_rate_pct")


def test_scalars_and_ranges_are_read_too() -> None:
    scalar = {"status": "success", "data": {"resultType": "scalar", "result": [1774000000, "3"]}}
    matrix = {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": [[1, "1"], [2, "9"]]}]}}
    assert [figures(recognise(json.dumps(page).encode(), "x", "a.b")) for page in (scalar, matrix)] == [{"a.b": 3}, {"a.b": 9}]


def test_sentrys_issues_are_counted_by_level_and_by_route() -> None:
    page = [
        made.issue("fatal"), made.issue("error", culprit="/api/events/{id}"), made.issue("warning"), made.issue("strange"),
        made.issue("error", "resolved"), made.issue("error", "ignored"), made.issue("error", culprit="GET /api/orders"),
    ]  # fmt: skip
    piece = recognise(json.dumps(page).encode(), "x")
    assert figures(piece)["incidents.count"] == 4
    assert (figures(piece)["sentry.unresolved"], figures(piece)["sentry.unresolved_error"]) == (5, 3)
    assert figures(piece, "ANY /api/events/{id}") == {"sentry.unresolved": 1}
    assert figures(piece, "GET /api/orders") == {"sentry.unresolved": 1}


LOCUST = (
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,"
    "Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\n"
    "GET,/api/events,90,9,40,41.5,10,300,120.0,9.0,0.9,40,50,60,70,90,180,250,280,300,300,300\n"
    "POST,log in,10,0,20,20.0,20,20,50.0,1.0,0.0,20,20,20,20,20,20,20,20,20,20,20\n"
    "GET,/never,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n"
    ",Aggregated,100,9,38,39.3,10,300,113.0,10.0,0.9,38,48,58,68,88,170,240,270,300,300,300\n"
)


@pytest.mark.parametrize("quote", ["", '"'])
def test_locusts_table_is_read_by_route_and_as_a_whole(quote: str) -> None:
    text = "\n".join(",".join(f"{quote}{cell}{quote}" for cell in row.split(",")) for row in LOCUST.splitlines())
    piece = recognise(text.encode(), "example_stats.csv")
    found = figures(piece)
    assert (found["http.p95_ms"], found["http.error_rate_pct"], found["http.requests"]) == (170, 9, 100)
    assert figures(piece, "GET /api/events")["http.p95_ms"] == 180
    assert {one.subject for one in piece.measures} == {"", "GET /api/events"}


def test_what_locust_prints_as_json_is_worked_out_from_its_answer_times() -> None:
    entry = {"method": "GET", "name": "/api/events", "num_requests": 20, "num_failures": 1, "last_request_timestamp": 1.7e9}
    page = [
        {**entry, "response_times": {"10": 18, "200": 1, "500": 1}},
        {**entry, "name": "task", "num_requests": 0, "num_failures": 0, "response_times": {}},
    ]
    evidence = recognise(json.dumps(page).encode(), "locust.json")
    found = figures(evidence)
    assert (found["http.p50_ms"], found["http.p95_ms"], found["http.p99_ms"]) == (10, 500, 500)
    assert figures(evidence, "GET /api/events")["http.error_rate_pct"] == 5
    assert evidence.taken_at == "2023-11-14T22:13:20+00:00"


@pytest.mark.parametrize(
    "rows", ["", "GET,/x,1,0,1,1,1,1,1,1,0,1,1,1,1,1,1,1,1,1,1,1\n", ",Aggregated,0,0,0,0,0,0,0,0,0" + ",N/A" * 11 + "\n"]
)
def test_a_test_of_locust_without_requests_is_refused(rows: str) -> None:
    with pytest.raises(Refused, match="Aggregated"):
        recognise((LOCUST.split("\n")[0] + "\n" + rows).encode(), "example_stats.csv")
