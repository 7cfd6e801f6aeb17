"""Work on security that was put off with a mark in a comment."""

import re
from collections.abc import Iterator

from auditor.rule import (
    Confidence,
    Definition,
    FileFacts,
    FileRule,
    Finding,
    Location,
    Mark,
    Severity,
    Weighed,
    marks,
    weigh,
)

TICKET = re.compile(
    r"https?://[^\s)\]>\"']+|\b(?!UTF|ISO|RFC|SHA|AES|RSA|MD|TLS|HTTP|PEP|BASE|UUID)[A-Z][A-Z0-9_]{1,9}-\d+\b"
    r"|\b[\w.-]+/[\w.-]+#\d+|\bGH-\d+|(?<!\w)#\s?\d+"
)
LEAVING = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:remov|drop|delet|get rid|rip out)\w*|\b(?:can|could|should|to|may) be (?:remov|drop|delet)\w*"
    r"|\b(?:deprecat|legacy|obsolete|unused|no longer|workaround|temporar|compat|go away|(?:once|after|when) we)\w*",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|\b(?:should(?! not| never)|todo|fixme|missing|for now|yet|implement|consider|maybe|perhaps|fix|replace|add"
    r"|needs? to be(?! able)"
    r"|must be)\b",
    re.IGNORECASE,
)
STATES = re.compile(
    r"\W*(?:(?:not|never|only|do not|don't|must not|we (?:do not|don't|can ?not|can't|never|only)|this|these|the|here|no"
    r"|be (?:aware|careful)|beware|careful|warning|note|make sure|keep)\b)",
    re.IGNORECASE,
)
GROUNDS = re.compile(
    r"\b(?:because|since|so that|so the|as (?:the|we|it)|otherwise|no matter|under no circumstances|must (?:not|never)|never"
    r"|by design|on purpose|intentional\w*|deliberate\w*|even if|makes sense|anyway)\b|\s[-–—]\s",
    re.IGNORECASE,
)
"""What a decision is stated with, or a warning that stands for good."""
OPEN = re.compile(
    r"\?|\b(?:should|must|need|needs|add|implement|check|verify|validate|handle|fix|replace|consider|maybe|missing|make"
    r"|support|enforce|limit|encrypt|sanitize|sanitise|escape|use|switch|move|ensure|why|how|disallow|allow|narrow)\b",
    re.IGNORECASE,
)
GUARDED = re.compile(
    r"\b(?:to (?:prevent|avoid|protect)|prevents?|preventing|ensures?|protects?|against|so that|cannot|can't|safe because)\b",
    re.IGNORECASE,
)
"""A remark that tells of a guard in place, and not of one to come."""
EXPLAINS = 20
"""A SECURITY remark of more words explains the code below it, and says so where it does not; so does an XXX or a HACK."""
NOT_YET = re.compile(
    r"\?|\b(?:yet|should|must be|need(?:s|ed)?|todo|fixme|missing|for now|nothing|nobody"
    r"|before (?:production|release|going live))\b",
    re.IGNORECASE,
)
LACKS = re.compile(
    r"\?|\b(?:without|not|n[o']t|no|never|skip\w*|disabl\w*|bypass\w*|ignor\w*|hard-?coded|trust\w*|unsafe\w*|insecure\w*|should|must|need\w*"
    r"|allow\w*|leak\w*|plain ?text|temporar\w*|for now|proper\w*|weak\w*|until|still|legacy|md5|sha1|any|anyone|anybody|everyone"
    r"|everybody|always|default|shared|static|fixed|false|eval|pickle\w*|raw)\b",
    re.IGNORECASE,
)
"""A HACK without such a word tells how the code gets along, and names nothing that is missing."""
LATER = re.compile(r"\?|\b(?:yet|should be (?:added|done|fixed)|todo|fixme|missing|for now|nobody|before release)\b")
DOES = re.compile(
    r"(?:(?:do not|don't|never|only|always|also|we|this)\s+)*"
    r"(?:check|disable|reject|prevent|escape|leak|ensure|validate|verify|require|use|enforce|limit|avoid|restrict|saniti[sz]e|strip|block|deny|refuse|hash|encrypt|mask|redact|compare|clear|remove|drop|ignore"
    r"|force|keep|return|set|skip|allow|log|expose|pass|send|store|trust|make sure)\b",
    re.IGNORECASE,
)
"""What a SECURITY remark begins with that tells what the code below does: a TODO in the same words asks for it."""
WISHES = re.compile(
    r"\b(?:would be (?:nice|great|cool)|nice to have|feas[ai]ble|out of beta|some ?day|wish ?list)\b", re.IGNORECASE
)
"""Says that nothing is missing now."""
STEPS = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL]
GENERIC = {"api", "app", "base", "core", "lib", "src", "utils", "util", "views", "models", "tests", "main", "__init__"}


class Todo(FileRule):
    """
    A mark such as TODO is a promise, and one about security is a hole that its author knew of. Each should end as one
    of three: the work is done, what was decided is written down, or the mark is removed because it no longer holds.

    A mark counts by its own words, or by where it stands: in a function, a class or a file whose job is to let people
    in, keep secrets, take payments or uploads, clean what users write, or record who did what.
    """

    title = "work on security put off"
    severity = Severity.MEDIUM
    cwe = (546,)
    bad = [
        "def view(request):\n    # TODO: check the user's permission first  # <-\n    return page(request)\n",
        "# todo(alice): rate limit this, see SHOP-12  # <-\nlimit = None\n",
        "def login(name):\n    # FIXME - this is not enough  # <-\n    ...\n",
        "key = 'k'  # XXX hardcoded secret, move to the vault  # <-\n",
        "# HACK: the body is put into the page as it is,  # <-\n# without escaping what users write\nbody = 1\n",
        "def save(data):\n    # SECURITY: anyone can call this  # <-\n    ...\n",
        'def fetch(url):\n    """Fetches.\n\n    TODO: verify the certificate  # <-\n    """\n',
        "class PasswordHasher:\n    def run(self):\n        # BUG: loses the last byte  # <-\n        ...\n",
        "# file: shop/payments.py\ndef process(order):\n    # TODO: is this sufficient?  # <-\n    ...\n",
        "# TODO encrypt before storing  # <-\ncolumn = 1\n",
        "# TODO also demand a second factor of the staff  # <-\nfactor = 1\n",
        "# TODO verify the signature of the sender  # <-\nbody = 1\n",
        "# BUG signature of the sender is not verified  # <-\nbody = 1\n",
        "def accept(token):\n    # FIXME expired invitations are accepted as well  # <-\n    ...\n",
        "# FIXME/TODO: check the file size of uploads  # <-\nlimit = None\n",
        "# FIXME validate size and type of the upload before it is read  # <-\nbody = 1\n",
        "# FIXME badge never expires  # <-\nbadge = make()\n",
        "signer = make()  # TODO: the salt is the same in every shop  # <-\n",
        "session = make()  # TODO: session must expire after logout  # <-\n",
        "# FIXME: if the request fails the bucket has no ACL  # <-\nbucket = make()\n",
        "schemes = ()  # TODO(ann): use a whitelist of schemes  # <-\n",
        "# TODO: @login_required ?  # <-\ndef orders(request): ...\n",
        "# TODO(security): labels hold the names of people, see whether they should be hashed  # <-\nlabel = 1\n",
        "# TODO: consider if regular users should be able to see the list of members  # <-\ndef members(): ...\n",
        "# TODO: enforce that the worker is registered. Any worker with a token can access any store  # <-\nstore = 1\n",
        "# TODO: audit this request!  # <-\nanswer = 1\n",
    ]
    good = [
        "# the token is checked by the gateway, and so is the password\n...\n",
        "text = '# TODO: escape the HTML'\n",
        "# TODO: the parser reads one token too many\n...\n",
        "# TODO: cells with an escaped quote are split into the wrong tokens\n...\n",
        "# TODO: hash of a dict is not stable\n...\n",
        "# TODO: name the author in the footer\n...\n",
        "# FIXME: close the database session when the request ends\nsession = 1\n",
        "# Security headers are set by the proxy\n...\n",
        "# file: shop/payments.py\ndef total(order):\n    # TODO: round by the rules of the currency\n    ...\n",
        "class LoginPage:\n    # TODO: align the two columns of the layout\n    columns = 2\n",
        "# file: auth/cache.py\n# TODO: a faster cache would do\nsize = 10\n",
        "# TODO: import salt.utils.data into the modules\n...\n",
        "# TODO: check file size before downloading, whether the disk has space\n...\n",
        "# TODO: only allow one future in flight at a time\n...\n",
        "# TODO: validate the input example against the model signature\n...\n",
        "# TODO: keep track of who has seen this event\n...\n",
        "# TODO: why do we need the include_role check here\n...\n",
        "# file: shop/secrets.py\ndef rotate():\n    # FIXME: raise a more specific exception\n    ...\n",
        "# TODO: use dependency injection for the mailer\n...\n",
        "# TODO: registration of models without signatures goes away\n...\n",
        "# TODO: nested parameters leak old metadata into the root\n...\n",
        "# TODO: this is not working for names that are case_sensitive\n...\n",
        "# TODO: take the author's name from the login id\n...\n",
        "def upload_artifacts_to_store(files):\n    # TODO: change to a class method\n    ...\n",
        "class PaymentDateField:\n    # TODO: remove after version 2.2\n    ...\n",
        "# TODO: other calls that log-in-memory objects can benefit too\n...\n",
        "# TODO: check the signature of the function that is handed over\n...\n",
        "# TODO: memory leak when the pool is closed\n...\n",
        "# TODO: replace with a dict once the callers are moved\n...\n",
        "def sign_out():\n    # TODO(ann): move to a class-based view\n    ...\n",
        "# TODO: a brute force way of going back, something gentler would do\n...\n",
        "# TODO: name, checksum and owner may be empty\n...\n",
        "# TODO: check the url of the MEDIA_URL setting\n...\n",
        "# bug tracker: see the README for how to report\n...\n",
    ]

    def check(self, file: FileFacts) -> Iterator[Finding]:
        for mark in marks(file):
            said = f"security {mark.text}" if mark.word == "SECURITY" else mark.text
            weighed = weigh(said, _names(file, mark), mark.owner)
            if weighed is not None:
                what, reason = _disposition(mark)
                yield self.finding(
                    Location(file.path, mark.line, mark.column, mark.end_line),
                    _message(mark, weighed),
                    severity=_severity(weighed, what),
                    confidence=_confidence(mark, weighed),
                    facts=_facts(mark, weighed, what, reason),
                )


def _names(file: FileFacts, mark: Mark) -> list[str]:
    """The names around a mark, innermost first: definitions, then the file and its two nearest folders."""
    around = [d.name for d in file.enclosing(mark.line)]
    below = [d.name for d in file.definitions if _heads(mark, d)]
    folders = file.path.removesuffix(".py").split("/")[-3:]
    return [*below[:1], *reversed(around), *(part for part in reversed(folders) if part not in GENERIC)]


def _heads(mark: Mark, definition: Definition) -> bool:
    """Whether a mark stands right above a definition, or above its decorators."""
    gap = definition.line - mark.end_line
    return mark.column == definition.column and 0 < gap <= 1 + len(definition.decorators)


def _severity(weighed: Weighed, disposition: str) -> Severity:
    """The topic's own; a step more where a guard is off now, a step less where only the place or few words say so."""
    step = STEPS.index(Severity(weighed.severity)) + (weighed.grave and disposition != "document")
    step -= disposition == "document" if weighed.sure else not weighed.words or weighed.elsewhere or disposition == "document"
    return STEPS[min(max(step, 0), len(STEPS) - 1)]


def _confidence(mark: Mark, weighed: Weighed) -> Confidence:
    """Low where the remark only names what belongs to security, and neither asks for a guard nor says that one is missing."""
    states = mark.word in ("SECURITY", "XXX") and not weighed.grave and GUARDED.search(mark.text) is not None
    states |= _explains(mark, weighed) and (LATER if mark.word == "SECURITY" else NOT_YET).search(mark.text) is None
    states |= mark.word == "SECURITY" and not mark.loud and not weighed.grave and LATER.search(mark.text) is None
    states |= WISHES.search(mark.text) is not None and not weighed.grave
    if mark.docstring or not weighed.asked or (weighed.elsewhere and not weighed.words) or states:
        return Confidence.LOW
    return Confidence.HIGH if weighed.sure or weighed.score >= 5 else Confidence.MEDIUM


def _explains(mark: Mark, weighed: Weighed) -> bool:
    """Whether a mark that is no TODO tells what the code below it does, by its length or by how it begins."""
    long = len(mark.text.split()) > EXPLAINS
    if mark.word == "SECURITY":
        return long or DOES.match(mark.text) is not None
    if mark.word == "HACK" and not weighed.grave and LACKS.search(mark.text) is None:
        return True
    return mark.word in ("XXX", "HACK") and long and not weighed.grave


def _disposition(mark: Mark) -> tuple[str, str]:
    """What should become of the mark, and why."""
    if mark.word in ("XXX", "SECURITY", "HACK") and (not OPEN.search(mark.text) or _stands(mark.text)):
        return "document", "it states what is so and asks for nothing: make it a decision, with its reason"
    if LEAVING.search(mark.text):
        return "remove", "it waits for something to go: see whether it has, and take both away"
    if not mark.text:
        return "remove", "it says nothing that anybody could do"
    return "complete", "it names work that was never done"


def _stands(text: str) -> bool:
    """Whether a remark states a decision with its reason, or warns for good: nothing of it is work."""
    return STATES.match(text) is not None and GROUNDS.search(text) is not None and ASKS.search(text) is None


def _message(mark: Mark, weighed: Weighed) -> str:
    text = mark.text if len(mark.text) <= 120 else mark.text[:119] + "…"
    said = f": {text}" if text else ""
    where = f", in {weighed.place}" if weighed.place and not weighed.words else ""
    about = "" if mark.word.lower() == weighed.topic else f" about {weighed.topic}"
    return f"{mark.word}{about}{where}{said}"


def _facts(mark: Mark, weighed: Weighed, disposition: str, reason: str) -> dict[str, str]:
    why = f"said by {', '.join(weighed.words[:3])}" if weighed.words else f"stands in {weighed.place}"
    ticket = TICKET.search(f"{mark.owner} {mark.text}")
    facts = {
        "mark": mark.word,
        "category": weighed.topic,
        "why": f"{weighed.why}; {why}",
        "disposition": disposition,
        "reason": reason,
    }
    if mark.owner:
        facts["owner"] = mark.owner
    if ticket:
        facts["ticket"] = ticket[0].rstrip(".,;:")
    return facts
