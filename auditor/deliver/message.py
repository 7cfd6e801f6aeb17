"""A letter as a mail: a text part, a page with its style inlined and its charts as pictures, and files with it."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import PurePath

from auditor.model.errors import AuditorError
from auditor.report.letter import Letter

MEDIA = {
    ".html": ("text", "html"), ".json": ("application", "json"), ".md": ("text", "markdown"), ".txt": ("text", "plain"),
    ".xml": ("application", "xml"), ".sarif": ("application", "json"),
}  # fmt: skip
LONGEST_SUBJECT = 200


def message(letter: Letter, sender: str, recipient: str, mark: str, when: datetime) -> EmailMessage:
    """The mail. `mark` makes its Message-ID, the same for each try, so that a mail server or a reader can drop a second one.

    Raises AuditorError for an address that is none.
    """
    mail = EmailMessage(policy=SMTP.clone(max_line_length=78))
    mail["Subject"] = " ".join(letter.subject.split())[:LONGEST_SUBJECT]
    mail["From"] = address(sender)
    mail["To"] = address(recipient)
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = f"<{mark}@auditor.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(inlined(letter.html), subtype="html")
    page = mail.get_body(("html",))
    assert isinstance(page, EmailMessage)
    for picture in letter.pictures:
        page.add_related(
            picture.png, "image", "png", cid=f"<{picture.name}>", filename=f"{picture.name}.png", disposition="inline"
        )
    for one in letter.attachments:
        main, sub = MEDIA.get(PurePath(one.name).suffix, ("application", "octet-stream"))
        mail.add_attachment(one.body, main, sub, filename=one.name)
    return mail


def address(text: str) -> Address:
    """An address for a header. Raises AuditorError where it is none: a line end in it could add headers."""
    name, _, tail = text.strip().rpartition("<")
    bare = tail.rstrip(">").strip() if name or text.strip().startswith("<") else text.strip()
    try:
        if not text.isprintable() or bare.count("@") != 1 or " " in bare:
            raise ValueError("not of the form name@host")
        return Address(display_name=name.strip().strip('"'), addr_spec=bare)
    except (ValueError, IndexError, MessageError) as error:
        raise AuditorError(f"{text!r} is no mail address: {error}", "write it like team@example.com") from error


def inlined(page: str) -> str:
    """A page whose style stands in its tags, as readers of mail need it. Nothing is fetched for it."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True).inline(page)
