"""What the package index says of releases, by its Simple interface in JSON (PEP 691, 700, 714): how far a version is behind."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec
from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from auditor.supply.locks.installed import licence_words
from auditor.supply.network.line import Budget, Silent, get, session

if TYPE_CHECKING:
    import requests

ACCEPT = "application/vnd.pypi.simple.v1+json"
AT_ONCE = 8


class Release(msgspec.Struct, frozen=True):
    """What the index says of one version: the newest final release, and how far behind it the version is."""

    latest: str = ""
    behind_releases: int | None = None
    behind_days: int | None = None
    licence: str = ""
    """What the version's metadata says of its licence, where that was asked for."""


class _File(msgspec.Struct, frozen=True, rename="kebab"):
    filename: str
    url: str = ""
    upload_time: str | None = None
    yanked: bool | str = False
    core_metadata: bool | dict[str, str] = False


class _Page(msgspec.Struct, frozen=True):
    files: tuple[_File, ...] = ()


def address() -> str:
    """The index that pip itself would ask (`PIP_INDEX_URL`), ending in `/`; the public one where none is named."""
    named = os.environ.get("PIP_INDEX_URL", "")
    if not named:
        from packageurl.contrib.purl2url import get_repo_url

        public = urlsplit(str(get_repo_url("pkg:pypi/pip")))
        named = f"{public.scheme}://{public.netloc}/simple"
    return named.rstrip("/") + "/"


def releases(
    wanted: Iterable[tuple[str, str]], url: str, budget: Budget, cache: Path | None, licences: bool = False
) -> tuple[Mapping[tuple[str, str], Release], str]:
    """What the index says by (name, version), and why it says nothing of some, or empty. Stops where the budget is spent."""
    line = session(cache)
    problem = ""

    def one(pin: tuple[str, str]) -> Release | str:
        try:
            page = msgspec.json.decode(get(line, f"{url}{pin[0]}/", budget, ACCEPT), type=_Page)
            return _release(page, pin[1], _licence(line, page, f"{url}{pin[0]}/", pin[1], budget) if licences else "")
        except (Silent, msgspec.MsgspecError) as error:
            return str(error)

    pins = sorted(set(wanted))
    with line, ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(pins, pool.map(one, pins), strict=True))
    problem = next((answer for answer in answers.values() if isinstance(answer, str)), "")
    return {pin: answer for pin, answer in answers.items() if isinstance(answer, Release)}, problem


def _release(page: _Page, version: str, licence: str) -> Release:
    try:
        now = Version(version)
    except InvalidVersion:
        return Release(licence=licence)
    uploaded: dict[Version, str] = {}
    for file in page.files:
        found = _version(file.filename)
        if found is not None and (file.yanked is False or found == now):
            uploaded[found] = min(filter(None, (uploaded.get(found, ""), file.upload_time or "")), default="")
    newer = sorted(one for one in uploaded if one > now and not one.is_prerelease)
    if not newer:
        return Release(
            version if now in uploaded else "", 0 if now in uploaded else None, 0 if now in uploaded else None, licence
        )
    return Release(str(newer[-1]), len(newer), _days(uploaded.get(now, ""), uploaded[newer[-1]]), licence)


def _version(filename: str) -> Version | None:
    try:
        return parse_wheel_filename(filename)[1] if filename.endswith(".whl") else parse_sdist_filename(filename)[1]
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None


def _days(older: str, newer: str) -> int | None:
    try:
        return max(0, (datetime.fromisoformat(newer) - datetime.fromisoformat(older)).days)
    except (ValueError, TypeError):
        return None


def _licence(line: "requests.Session", page: _Page, base: str, version: str, budget: Budget) -> str:
    """From the metadata beside one of the version's wheels. A failure costs the licence alone."""
    try:
        wanted = Version(version)
        file = next(one for one in page.files if one.core_metadata and _version(one.filename) == wanted)
        text = get(line, f"{urljoin(base, file.url)}.metadata", budget, "*/*").decode("utf-8", "replace")
    except (InvalidVersion, StopIteration, Silent):
        return ""
    return licence_words(HeaderParser().parsestr(text))
