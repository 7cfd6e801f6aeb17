"""The shortest way out, licences by a policy, and how far behind the newest release."""

from pathlib import Path

import pytest

from auditor.model.inventory import Advisory, Demand, Package
from auditor.supply.audit import audit
from auditor.supply.licence import Licences, expression, fault
from auditor.supply.network.index import releases
from auditor.supply.network.line import Budget
from auditor.supply.options import SupplyOptions
from auditor.supply.ways.fix import target, way
from tests.supply.outside import as_json, outside


def package(version: str = "3.2.5", *fixed: tuple[str, ...], **more: object) -> Package:
    holes = tuple(Advisory(f"X-{number}", fixed=versions) for number, versions in enumerate(fixed))
    made: dict[str, object] = {"direct": False, "production": True, "state": "vulnerable", "advisories": holes, **more}
    return Package("django", version, **made)  # type: ignore[arg-type]


def test_the_target_is_the_lowest_version_that_clears_all_advisories() -> None:
    assert target(package("3.2.5", ("2.2.28", "3.2.13", "4.0.4"), ("3.2.16",))) == "3.2.16"


def test_a_version_that_another_advisory_holds_for_is_no_target() -> None:
    holed = package("3.2.5", ("3.2.13", "4.0.4"))
    assert target(holed, lambda _, version: version != "3.2.13") == "4.0.4"


def test_without_a_fixed_version_there_is_no_target() -> None:
    assert target(package("3.2.5", ("3.2.13",), ())) == ""
    assert "no version without the advisories is known" in way(package(), "", {})


def test_a_direct_package_is_raised_where_it_is_pinned() -> None:
    pinned = Demand("django", "==3.2.5", "3.2.5", manifest="requirements.txt", line=7)
    assert way(package(direct=True, demands=(pinned,)), "3.2.16", {}) == "raise django to 3.2.16 in requirements.txt:7"


def test_a_direct_package_that_the_manifest_lets_rise_is_locked_anew() -> None:
    free = Demand("django", ">=3.2", manifest="pyproject.toml", line=4)
    assert way(package(direct=True, demands=(free,)), "3.2.16", {}) == "lock django 3.2.16, which the manifest allows"


def test_a_bound_that_stands_in_the_way_is_named() -> None:
    bound = Demand("django", "<3.2.10", manifest="pyproject.toml", line=4)
    assert way(package(direct=True, demands=(bound,)), "3.2.16", {}).endswith("in pyproject.toml:4, which allows <3.2.10")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (">=3", "lock django 3.2.16, which cms allows"),
        ("", "lock django 3.2.16, if cms allows it"),
        ("<3.2.10", "upgrade cms to a version that allows django 3.2.16: the one in use wants <3.2.10"),
    ],
)
def test_a_transitive_package_goes_through_its_parent(asked: str, told: str) -> None:
    parent = Package("cms", "1", True, True, "clean", needs=(("django", asked),))
    assert way(package(brought_by=("cms",)), "3.2.16", {"cms": parent}) == told


@pytest.mark.parametrize(
    ("words", "spdx"),
    [
        ("MIT", "MIT"), ("MIT License", "MIT"), ("Apache Software License", "Apache-2.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("BSD License", ""), ("see the file", ""), ("", ""), ("MIT License; Apache Software License", "Apache-2.0 AND MIT"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"), ("((", ""),
    ],
)  # fmt: skip
def test_a_licence_is_an_expression_or_unknown(words: str, spdx: str) -> None:
    assert expression(words) == spdx


@pytest.mark.parametrize(
    ("words", "policy", "against"),
    [
        ("MIT", Licences(), ""),
        ("", Licences(), ""),
        ("MIT", Licences(allowed=("MIT",)), ""),
        ("GPL-3.0-only", Licences(allowed=("MIT",)), "the policy does not allow GPL-3.0-only"),
        ("GPL-3.0-only", Licences(denied=("GPL-3.0-only",)), "the policy denies GPL-3.0-only"),
        ("MIT OR GPL-3.0-only", Licences(denied=("GPL-3.0-only",)), ""),
        ("MIT AND GPL-3.0-only", Licences(denied=("GPL-3.0-only",)), "the policy denies GPL-3.0-only"),
        ("", Licences(denied=("GPL-3.0-only",)), "has no licence that is known"),
        ("BSD License", Licences(denied=("GPL-3.0-only",)), "names no licence for sure"),
        ("GPL-3.0-only", Licences(denied=("GPL-3.0-only",), exempt=("pay",)), ""),
    ],
)
def test_a_policy_is_held_against_expressions(words: str, policy: Licences, against: str) -> None:
    told = fault("pay", words, policy)
    assert told.endswith(against)
    assert bool(told) == bool(against)


def page(*files: tuple[str, str, bool]) -> bytes:
    rows = [
        {"filename": name, "url": f"files/{name}", "upload-time": when, "yanked": yanked, "core-metadata": name.endswith(".whl")}
        for name, when, yanked in files
    ]
    return as_json({"meta": {"api-version": "1.1"}, "files": rows})


PAGE = page(
    ("pay-1.0.tar.gz", "2024-01-01T00:00:00Z", False),
    ("pay-1.0-py3-none-any.whl", "2024-01-01T00:00:00Z", False),
    ("pay-1.1.tar.gz", "2024-06-01T00:00:00Z", False),
    ("pay-2.0.tar.gz", "2025-01-01T00:00:00Z", False),
    ("pay-2.1.tar.gz", "2025-02-01T00:00:00Z", True),
    ("pay-3.0rc1.tar.gz", "2025-03-01T00:00:00Z", False),
    ("nonsense.zip.txt", "2026-03-01T00:00:00Z", False),
)


def test_behind_counts_final_releases_that_nobody_took_back(tmp_path: Path) -> None:
    def index(path: str) -> tuple[int, bytes]:
        return (200, b"Name: pay\nLicense-Expression: MIT\n\n") if path.endswith(".metadata") else (200, PAGE)

    with outside(index) as place:
        found, problem = releases([("pay", "1.0"), ("pay", "2.0")], f"{place.url}/simple/", Budget(30), tmp_path, licences=True)
    old, new = found["pay", "1.0"], found["pay", "2.0"]
    assert (old.latest, old.behind_releases, old.behind_days, old.licence) == ("2.0", 2, 366, "MIT")
    assert (new.behind_releases, new.licence, problem) == (0, "", "")


def test_an_index_that_is_busy_is_asked_again_with_a_pause(tmp_path: Path) -> None:
    answers = iter([(503, b""), (429, b""), (200, PAGE)])
    with outside(lambda _: next(answers)) as place:
        found, problem = releases([("pay", "1.0")], f"{place.url}/simple/", Budget(30), tmp_path)
        assert len(place.asked) == 3
    assert (found["pay", "1.0"].behind_releases, problem) == (2, "")


def test_what_the_index_does_not_say_is_unknown_and_said(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pay==1.0\n")
    with outside(lambda path: (404, b"") if "simple" in path else (200, b"{}")) as place:
        options = SupplyOptions(index_url=f"{place.url}/simple/", budget_s=30)
        found, problem = releases([("pay", "1.0")], options.index_url, Budget(30), None)
    assert found == {}
    assert "answered 404" in problem


def test_a_spent_budget_asks_nobody(tmp_path: Path) -> None:
    with outside(lambda _: (200, PAGE)) as place:
        found, problem = releases([("pay", "1.0")], f"{place.url}/simple/", Budget(0), None)
        assert place.asked == []
    assert (found, "budget" in problem) == ({}, True)


def test_with_advisories_at_hand_the_index_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pay==1.0\n")
    (tmp_path / "osv").mkdir()
    affected = '[{"package": {"ecosystem": "PyPI", "name": "other"}, "versions": ["9"]}]'
    (tmp_path / "osv" / "a.json").write_text(f'{{"id": "X-1", "affected": {affected}}}')
    with outside(lambda _: (200, PAGE)) as place:
        answer = audit(tmp_path, SupplyOptions(advisories=tmp_path / "osv", index_url=f"{place.url}/simple/"))
        assert place.asked == []
    assert answer.releases_note == "the index was not asked for releases"
