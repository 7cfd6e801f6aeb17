"""What is known against exact versions: pip-audit's answers, from advisories at hand or from the network, with severities."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from auditor.model.inventory import Advisory
from auditor.model.snapshot import Skipped
from auditor.supply.advisories.document import Document, versions
from auditor.supply.advisories.fetched import fetched
from auditor.supply.advisories.loopback import serve
from auditor.supply.advisories.process import Audited, Failed, Vulnerability, ask
from auditor.supply.advisories.severity import grave
from auditor.supply.advisories.shelf import Answer, Shelf, shelf
from auditor.supply.network.line import Budget

Pin = tuple[str, str]
CONTROLS = (("pyyaml", "3.12"), ("jinja2", "2.4.1"), ("requests", "2.5.3"))
"""Versions that are known to be vulnerable: a service that says nothing against one can not be believed about others."""
SUMMARY = 200


class Told(msgspec.Struct, frozen=True):
    """The state of one version as `Package` has it, and what is known against it."""

    state: str
    note: str = ""
    advisories: tuple[Advisory, ...] = ()


class Answers(msgspec.Struct, frozen=True):
    """By version. `clears` says whether nothing is known against another version; None where nobody can tell."""

    told: Mapping[Pin, Told]
    skipped: tuple[Skipped, ...] = ()
    note: str = ""
    """What a reader should know of severities that are missing."""
    clears: Callable[[str, str], bool] | None = None


class Service(msgspec.Struct, frozen=True):
    """Where the network is asked: `index` or `osv`, and the addresses of OSV's interface."""

    name: str = "index"
    osv_url: str = "https://api.osv.dev/v1"


def unasked(pins: Iterable[Pin], why: str) -> Answers:
    """The answers where nobody could be asked."""
    return Answers(dict.fromkeys(pins, Told("not audited", why)))


def at_hand(pins: tuple[Pin, ...], place: Path, budget: Budget) -> Answers:
    """By a folder or a zip of OSV documents. Raises AuditorError where the place holds none."""
    known = shelf(place)
    if not pins:
        return Answers({}, skipped=tuple(known.skipped))
    own = {pin: known.answer(*pin) for pin in pins}
    with serve({pin: answer.documents for pin, answer in own.items()}) as server:
        try:
            audited = ask(pins, ("--vulnerability-service", "osv", "--osv-url", server.url), budget.left_s)
        except Failed as error:
            return msgspec.structs.replace(unasked(pins, str(error)), skipped=_sorted(known))
        asked = frozenset(server.asked)
    told = {
        pin: _shelved(pin, audited.get(pin), own[pin], known) if pin in asked else Told("not audited", "pip-audit did not ask")
        for pin in pins
    }
    return Answers(told, _sorted(known), clears=lambda name, version: not known.answer(name, version).dubious)


def _sorted(known: Shelf) -> tuple[Skipped, ...]:
    return tuple(sorted(set(known.skipped)))


def _shelved(pin: Pin, audited: Audited | None, own: Answer, known: Shelf) -> Told:
    state, note = _state(audited)
    if state == "vulnerable" and audited is not None:
        return Told(state, own.problem, _advisories(pin[0], audited.vulns, known.named))
    return Told("not audited", own.problem) if own.problem else Told(state, note)


def over_network(pins: tuple[Pin, ...], service: Service, budget: Budget, cache: Path | None) -> Answers:
    """By the index or by OSV. What a service says is only believed where it knows what is wrong with a version that is known
    to be vulnerable.
    """
    if not pins:
        return Answers({})
    names = {name for name, _ in pins}
    control = next((one for one in CONTROLS if one[0] not in names), None)
    options = ("--vulnerability-service", "osv", "--osv-url", f"{service.osv_url}/query") if service.name == "osv" else ()
    try:
        audited = ask((*pins, *((control,) if control else ())), options, budget.left_s, cache)
    except Failed as error:
        return unasked(pins, str(error))
    if control and not (audited.get(control) or Audited(control[0])).vulns:
        why = (audited.get(control) or Audited("")).skipped_for
        doubt = f"{_service(service)} knows nothing against {control[0]} {control[1]}, which is vulnerable"
        return Answers({pin: _doubted(audited.get(pin), f"{doubt}: {why}" if why else doubt) for pin in pins})
    ids = {vuln.id for pin in pins if pin in audited for vuln in audited[pin].vulns}
    documents, problem = fetched(ids, f"{service.osv_url}/vulns", budget, cache)
    told = {}
    for pin in pins:
        state, note = _state(audited.get(pin))
        vulns = audited[pin].vulns if pin in audited else ()
        told[pin] = Told(state, note, _advisories(pin[0], vulns, lambda ids: _kin(documents, ids)))
    return Answers(told, note=f"severities are missing: {problem}" if problem else "")


def _service(service: Service) -> str:
    return "OSV" if service.name == "osv" else "the index"


def _doubted(audited: Audited | None, doubt: str) -> Told:
    """A hole that is told is one; all else is not believed."""
    if audited is not None and audited.vulns:
        return Told("vulnerable", "", _advisories(audited.name, audited.vulns, lambda _: ()))
    return Told("not audited", (audited.skipped_for if audited else "") or doubt)


def _state(audited: Audited | None) -> tuple[str, str]:
    """The state by pip-audit's answer, and why where nobody looked. Silence is never clean."""
    if audited is None:
        return "not audited", "pip-audit said nothing of it"
    if audited.skipped_for:
        return "not audited", audited.skipped_for
    return ("vulnerable", "") if audited.vulns else ("clean", "")


def _kin(documents: Mapping[str, Document], ids: frozenset[str]) -> tuple[Document, ...]:
    return tuple(document for name, document in sorted(documents.items()) if ids & {name, document.id, *document.aliases})


def _advisories(
    name: str, vulns: tuple[Vulnerability, ...], kin: Callable[[frozenset[str]], tuple[Document, ...]]
) -> tuple[Advisory, ...]:
    """pip-audit's list, two names of one hole told once."""
    found: list[Advisory] = []
    for vuln in sorted(vulns, key=lambda one: (not one.id.startswith("PYSEC"), one.id)):
        names = frozenset((vuln.id, *vuln.aliases))
        documents = kin(names)
        names |= {one for document in documents for one in (document.id, *document.aliases)}
        if any(names & other.names for other in found):
            continue
        rated = grave(documents, name)
        summary = " ".join(vuln.description.split())
        found.append(
            Advisory(
                id=vuln.id,
                aliases=tuple(sorted(names - {vuln.id})),
                summary=summary[:SUMMARY] + "…" * (len(summary) > SUMMARY),
                severity=rated.severity,
                score=rated.score,
                vector=rated.vector,
                fixed=_fixed(name, vuln, documents),
            )
        )
    return tuple(sorted(found))


def _fixed(name: str, vuln: Vulnerability, documents: tuple[Document, ...]) -> tuple[str, ...]:
    """What pip-audit names as fixed, and what documents of the same hole name."""
    texts = {*vuln.fix_versions, *(one for document in documents for one in document.fixed(name))}
    return tuple(str(version) for version in sorted(set(versions(texts))))
