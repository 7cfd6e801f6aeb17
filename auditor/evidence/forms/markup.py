"""XML from outside: no entities, nothing fetched, bounded."""

from xml.etree.ElementTree import Element, ParseError

from auditor.evidence.record import Refused

MOST_BYTES = 128 << 20


def parse(data: bytes) -> Element:
    """The root element. Raises Refused for what is no XML, or declares entities. A DOCTYPE alone is fine: Cobertura's own
    files have one, and what it names is not fetched.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    if len(data) > MOST_BYTES:
        raise Refused(f"the file is larger than {MOST_BYTES >> 20} MiB")
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Refused("the XML declares entities, which evidence never needs") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Refused(f"it is no XML that can be read: {error}") from None
    return root


def number(element: Element, name: str) -> float | None:
    """An attribute as a finite number, None where it is none."""
    try:
        value = float(element.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None
