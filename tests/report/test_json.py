"""The JSON report against its own schema, and what programs rely on in it."""

import json

import jsonschema
import msgspec
from hypothesis import given

from auditor.packs.reports import load_report
from auditor.report.told.document import schema
from auditor.report.view import View
from tests.report import sample
from tests.report.hostile import filled, texts

VALIDATOR = jsonschema.Draft202012Validator(schema())


def read(view: View) -> dict[str, object]:
    answer: dict[str, object] = json.loads(load_report("json").render(view))
    VALIDATOR.validate(answer)
    return answer


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_made_up_audit_fits_the_schema(view: View) -> None:
    for one in (view, sample.empty(), sample.clean()):
        assert read(one)["schema_version"] == "2"


def test_the_schema_refuses_a_report_without_its_verdict(view: View) -> None:
    broken = {key: value for key, value in read(view).items() if key != "verdict"}
    assert not VALIDATOR.is_valid(broken)


def test_a_finding_tells_all_it_knows(view: View) -> None:
    found = read(view)["findings"]
    assert isinstance(found, list)
    first = found[0]
    assert first["rule"] == "errors/unhandled-error-path"
    assert first["location"] == {"path": "shop/orders/views.py", "line": 12, "column": 1, "end_line": 12, "end_column": 19}
    assert [hop["location"]["path"] for hop in first["path"]][-1] == "shop/payments/gateway.py"
    assert {finding["suppressed"]["kind"] for finding in found if finding["suppressed"]} == {"comment", "accepted"}
    assert len(found) == len(sample.findings())


def test_a_target_tells_its_state_and_both_goals(view: View) -> None:
    targets = read(view)["targets"]
    assert isinstance(targets, list)
    row = next(row for row in targets if row["relative"])
    assert (row["goal"], row["goal_absolute"], row["baseline"], row["now"], row["state"]) == (40, 7.5, 12.5, 9.8, "on the way")
    assert next(row for row in targets if row["measure"] == "manual")["now"] is None


@given(texts)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    found = read(filled(text))["findings"]
    assert isinstance(found, list)
    assert found[0]["message"] == text


def test_half_characters_are_written_as_escapes() -> None:
    shot = msgspec.structs.replace(sample.snapshot(), project="half \ud800")
    view = msgspec.structs.replace(sample.clean(), snapshot=shot)
    assert read(view)["project"] == "half \\ud800"
