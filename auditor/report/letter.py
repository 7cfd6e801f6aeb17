"""A report as it is sent: a subject, sentences for a chat, a text and a page for a mail, pictures and files with it."""

import msgspec

from auditor.report.view import View
from auditor.report.visible import cut, visible


class Picture(msgspec.Struct, frozen=True):
    """A chart as PNG. The page shows it by `cid:` and its name; `words` stand for it where it is not shown."""

    name: str
    words: str
    png: bytes


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with a mail."""

    name: str
    body: bytes


class Letter(msgspec.Struct, frozen=True):
    """What is sent. `lines` are plain sentences, the weightiest first; `html` is a whole page whose style is not inlined yet.

    All text is safe to look at: control characters are shown as escapes.
    """

    subject: str
    lines: tuple[str, ...]
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def plain_letter(view: View, title: str, attachment: Attachment | None = None) -> Letter:
    """The letter of a report that has none of its own: the audit's summary, and the report as a file."""
    from html import escape

    shot = view.snapshot
    subject = cut(visible(f"{shot.project}: {title}, {shot.taken_at[:10]}"), 200)
    lines = tuple(visible(line) for line in view.summary)
    page = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return Letter(
        subject=subject,
        lines=lines,
        text="\n\n".join((subject, *lines)) + "\n",
        html=f"<!doctype html><html lang='en'><head><title>{escape(subject)}</title></head><body>{page}</body></html>",
        attachments=(attachment,) if attachment else (),
    )
