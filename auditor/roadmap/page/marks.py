"""Ticks: what an author marked as done or as open, in boxes, signs and words."""

import re

_DONE = "✓✔✅☑🗹"
_OPEN = "❌✗✘☐⬜🔲◻⏳🚧🔄🟡🔴🟠⚪🟢📋🔜❎⌛🕐🔵⏸⚠🟩🟨🟥"
_BOX = re.compile(r"\s*\[(?P<box>[ xX✓✔✅~/\-]?)\](?!\()\s*")
_JIRA = re.compile(r"\s*\((?P<box>[ /xX!+*])\)\s+(?=\S)")
"""The ticks of a tracker's export: `(/)` done, `(x)` and `( )` open."""
_LEADING = re.compile(rf"\s*[{_DONE}{_OPEN}]\ufe0f?\s*")
_TRAILING = re.compile(rf"\s*[({{\[]?[{_DONE}{_OPEN}]\ufe0f?[)}}\]]?\s*\Z")
_DATED = re.compile(rf"\s*[{_DONE}]\ufe0f?\s*[(\[]?(?:done |since |on )?\d{{4}}-\d{{2}}-\d{{2}}[)\]]?\s*\Z")
_SHORT_CODE = re.compile(
    r":(?:(?P<done>white_check_mark|heavy_check_mark|check_mark|ballot_box_with_check|check)|x|negative_squared_cross_mark|"
    r"construction|hourglass(?:_flowing_sand)?|white_large_square|red_circle|yellow_circle|large_orange_diamond):"
)
_DONE_PREFIX = re.compile(r"\A\s*(?:DONE|COMPLETED?|SHIPPED|ACHIEVED|MET|FINISHED|ERLEDIGT)\s*[:\-–—]+\s+")
_OPEN_PREFIX = re.compile(r"\A\s*(?:MISSED|FAILED|NOT MET|OPEN|WIP|IN PROGRESS|BLOCKED|OFFEN)\s*[:\-–—]+\s+")
_WORDS = r"(?:done|complete|completed|achieved|shipped|released|finished|delivered|closed|met|erledigt|fertig)"
_TRAILING_WORD = re.compile(
    rf"\s*(?:[(\[]\s*(?:status: ?)?{_WORDS}!?\s*[)\]]|\s[-–—]+\s*{_WORDS}!?\.?|[-–—:|"
    rf"]\s*status:? {_WORDS})\s*\Z",
    re.I,
)
_TRAILING_OPEN = re.compile(
    r"\s*(?:[(\[]\s*(?:not (?:done|started|met|yet)|open|in progress|wip|todo|to do|planned|pending|blocked|"
    r"at risk)\s*[)\]]|"
    r"\s[-–—]+\s*(?:in progress|not started|open|wip|pending|planned|blocked|at risk))\s*\Z",
    re.I,
)
_SIGNED_WORD = re.compile(
    rf"\s*[(\[]?(?P<sign>[{_DONE}{_OPEN}])\ufe0f?\s*(?P<words>complete|completed|done|achieved|shipped|met|"
    rf"finished|delivered|planned|in progress|wip|"
    r"not started|pending|blocked|at risk|on track|open)[)\]!.]*\s*\Z",
    re.I,
)
_WHEN = r"[\w .,/-]{0,16}\d[\w .,/-]{0,12}"
_DONE_DATED = re.compile(rf"\s*[{_DONE}]\ufe0f?\s*{_WORDS}\s{_WHEN}\Z", re.I)
_DONE_NOTE = re.compile(rf"\W*(?:[{_DONE}]\ufe0f?\W*)?(?:{_WORDS}\b(?:\s{_WHEN})?\W*)?", re.I)
_DECORATION = re.compile(r"\A[\U0001F300-\U0001FAFF\u23E9-\u23FA\u2600-\u27BF\u2B50\u2B06\u25A0-\u25FF\ufe0f\u200d•◦‣▪·\s]+")
_CELL_OPEN = re.compile(
    r"\b(?:not|un|in|on|to)[- ]?(?:met|done|progress|started|track|complete|completed|do|finished|achieved|yet)\b|"
    r"\b(?:incomplete|unmet|no|open|"
    r"planned|pending|part(?:ial)?(?:ly)?|at risk|behind|blocked|wip|todo|started|ongoing|missed|failed|fail|delayed|"
    r"false|n|nein|offen|nicht|läuft)\b",
    re.I,
)
_CELL_DONE = re.compile(
    r"\A\W*(?:done|complete|completed|met|achieved|yes|shipped|closed|delivered|finished|x|true|y|pass|passed|ok|fulfilled|satisfied|ja|erledigt|erreicht|fertig)\b",
    re.I,
)


def take_mark(text: str) -> tuple[str, bool | None]:
    """The text without its tick, and whether the tick says done (True), open (False) or is missing (None)."""
    mark: bool | None = None
    text = _SHORT_CODE.sub(lambda found: "✅" if found["done"] else "❌", text)
    if found := _BOX.match(text):
        mark = found["box"] not in ("", " ", "~", "/", "-")
        text = text[found.end() :]
    elif found := _JIRA.match(text):
        mark = found["box"] in "/+"
        text = text[found.end() :]
    while found := _LEADING.match(text):
        mark = _sign(found.group()) if mark is None else mark
        text = text[found.end() :]
    if found := _DONE_PREFIX.match(text):
        mark = True if mark is None else mark
        text = text[found.end() :]
    elif found := _OPEN_PREFIX.match(text):
        mark = False if mark is None else mark
        text = text[found.end() :]
    if found := _DATED.search(text[-40:]):
        mark = _sign(found.group()) if mark is None else mark
        text = text[: len(text) - len(found.group())]
    if found := _DONE_DATED.search(text, max(0, len(text) - 40)):
        mark = True if mark is None else mark
        text = text[: found.start()]
    while found := _TRAILING.search(text[-24:]):
        mark = _sign(found.group()) if mark is None else mark
        text = text[: len(text) - len(found.group())]
    if found := _SIGNED_WORD.search(text, max(0, len(text) - 40)):
        mark = cell_mark(found["words"]) if mark is None else mark
        text = text[: found.start()]
    for pattern, says in ((_TRAILING_WORD, True), (_TRAILING_OPEN, False)):
        if found := pattern.search(text, max(0, len(text) - 40)):
            mark = says if mark is None or says is False else mark
            text = text[: found.start()]
    return _DECORATION.sub("", text).strip(), mark


_LEGEND = re.compile(r"(?im)^[^\w\n]{0,12}(?:legend|key|symbols|legende)\b.{1,300}$")
_MEANT = re.compile(rf"(?P<sign>[{_OPEN}])\ufe0f?\W{{0,4}}(?P<word>\w+)")


def plain_signs(text: str) -> str:
    """Signs that the page's own legend says to mean that something is done, as a tick: `Legend: 🟢 done, 🟡 running`."""
    said = (found for line in _LEGEND.findall(text) for found in _MEANT.finditer(line))
    done = {found["sign"] for found in said if re.fullmatch(_WORDS, found["word"], re.I)}
    return re.sub(f"[{''.join(done)}]", "✅", text) if done else text


def is_done_note(text: str) -> bool:
    """Whether the text says no more than that something is done, and when: `✔ done 12 March`."""
    return _DONE_NOTE.fullmatch(text) is not None


def _sign(text: str) -> bool:
    return any(sign in text for sign in _DONE)


def cell_mark(text: str) -> bool | None:
    """What a table's status cell says; None where it is empty or says neither."""
    bare = text.strip()
    if not bare or bare in "-–—":
        return None
    if box := _BOX.fullmatch(text):
        return box["box"] in "xX✓✔✅" and box["box"] != ""
    if _CELL_OPEN.search(bare):
        return False
    if any(sign in bare for sign in _DONE) or _CELL_DONE.match(bare):
        return True
    if any(sign in bare for sign in _OPEN):
        return False
    return None
