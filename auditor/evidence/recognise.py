"""What a file is, told from what stands in it, never from its name."""

import gzip
import hashlib
import io
import re
import zlib
from pathlib import Path

import msgspec

from auditor.evidence.record import FORMAT, MOST_FINDINGS, MOST_MEASURES, Evidence, Refused

MOST_BYTES = 512 << 20
MOST_JSON = 128 << 20
KINDS = "coverage (coverage.py, Cobertura, LCOV), k6, Locust, Prometheus, Redis INFO, Sentry issues, JUnit XML, SARIF"
STREAM = re.compile(rb'\s*\{[^\n]*"type"\s*:\s*"(Metric|Point)"')


def read(file: Path, measure: str = "", unit: str = "") -> Evidence:
    """The evidence in a file. `measure` and `unit` name what an answer of Prometheus measures.

    Raises Refused for what is none, and OSError for what can not be read.
    """
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(f"the file is larger than {MOST_BYTES >> 20} MiB")
    found = recognise(unpacked(data), file.name, measure, unit)
    return msgspec.structs.replace(found, sha256=found.sha256 or hashlib.sha256(data).hexdigest())


def recognise(data: bytes, name: str, measure: str = "", unit: str = "") -> Evidence:
    """The evidence in a file's bytes; `name` is only told, not gone by. `taken_at` is empty where the content has no time."""
    text = (data[:3] == b"\xef\xbb\xbf" and data[3:]) or data
    head = text[:4096].lstrip()
    if not head:
        raise Refused("the file is empty")
    if head[:1] == b"<":
        return _markup(text, name)
    if STREAM.match(head) and b"\n" in text.strip():
        from auditor.evidence.forms.k6 import stream

        return stream(text, name)
    if head[:1] in (b"{", b"["):
        return _json(text, name, measure, unit)
    return _plain(text, name)


def _markup(data: bytes, name: str) -> Evidence:
    from auditor.evidence.forms import coverage, junit, markup

    root = markup.parse(data)
    if root.tag == "coverage":
        return coverage.cobertura(root, name)
    if root.tag in ("testsuites", "testsuite"):
        return junit.junit(root, name)
    raise Refused(f"XML with the root <{str(root.tag)[:40]}> is not known; known are {KINDS}")


def _json(data: bytes, name: str, measure: str, unit: str) -> Evidence:
    from auditor.evidence.forms import coverage, k6, locust, prometheus, sarif, sentry

    page = _decoded(data)
    if isinstance(page, list):
        if all(isinstance(one, dict) and {"level", "status", "culprit"} & one.keys() for one in page) and page:
            return sentry.issues(page, name)
        if all(isinstance(one, dict) and {"num_requests", "response_times"} <= one.keys() for one in page) and page:
            return locust.listing(page, name)
        raise Refused(f"a JSON list of this kind is not known; known are {KINDS}")
    if not isinstance(page, dict):
        raise Refused(f"JSON of this kind is not known; known are {KINDS}")
    if "auditor_evidence" in page:
        return _own(data)
    if "runs" in page and ("sarif" in str(page.get("$schema", "")).lower() or str(page.get("version", "")).startswith("2.")):
        return sarif.sarif(page, name)
    if "totals" in page and "files" in page:
        return coverage.coverage_json(page, name)
    if "status" in page and ("data" in page or "errorType" in page):
        return prometheus.answer(page, name, measure, unit)
    if "metrics" in page or (isinstance(page.get("results"), dict) and "metrics" in page["results"]):
        return k6.summary(page, name)
    raise Refused(f"JSON of this kind is not known; known are {KINDS}")


def _decoded(data: bytes) -> object:
    """JSON of bounded size and depth."""
    if len(data) > MOST_JSON:
        raise Refused(f"the JSON is larger than {MOST_JSON >> 20} MiB")
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(f"it is no JSON that can be read: {error}") from None


def _own(data: bytes) -> Evidence:
    """A record that this tool wrote. It is as trusted as any other file: its form is checked, its paths are checked later."""
    try:
        found = msgspec.json.decode(data, type=Evidence)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(f"the record of evidence is damaged: {error}; add the file anew") from None
    if found.auditor_evidence != FORMAT:
        raise Refused(f"the record has form {found.auditor_evidence}, this auditor reads {FORMAT}; add the file anew")
    if len(found.measures) > MOST_MEASURES or len(found.findings) > MOST_FINDINGS:
        raise Refused("the record holds more figures than evidence has")
    return found


def _plain(data: bytes, name: str) -> Evidence:
    from auditor.evidence.forms import coverage, locust, redis

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"it is neither text nor a known kind of evidence; known are {KINDS}") from None
    if text.replace('"', "").startswith(",".join(locust.HEAD)):
        return locust.table(text, name)
    if re.search(r"^(redis_version|keyspace_hits):", text, re.MULTILINE):
        return redis.info(text, name)
    if re.search(r"^SF:.+$", text, re.MULTILINE) and "end_of_record" in text:
        return coverage.lcov(text, name)
    raise Refused(f"text of this kind is not known; known are {KINDS}")


def unpacked(data: bytes) -> bytes:
    """The bytes in a gzip file, which k6 writes; no more than the limit, however small the file."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as opened:
            out = opened.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(f"it is a damaged gzip file: {error}") from None
    if len(out) > MOST_BYTES:
        raise Refused(f"unpacked it is larger than {MOST_BYTES >> 20} MiB")
    return out
