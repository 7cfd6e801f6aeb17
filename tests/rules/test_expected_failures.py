"""Failures that are likely to be meant stay in the report, with less confidence."""

import pytest

from auditor.facts.screen import screen
from auditor.model.finding import Finding
from auditor.packs.rules import load_rules, places
from auditor.rule.api import NodeRule
from auditor.rule.plan import Plan
from auditor.rule.walk import walk

CLOSES = "try:\n    link.close()\nexcept Exception:\n    pass\n"
IMPORTS = "try:\n    import fast as speed\nexcept Exception:\n    {}\n"
SENDS = "try:\n    invoice.send()\nexcept Exception:\n    pass\n"
DELETES = "import os\n\ndef delete_export(path):\n    try:\n        os.remove(path)\n    except Exception:\n        pass\n"
TRIES = (
    "def f(data):\n    for name in NAMES:\n"
    "        try:\n            return data.decode(name)\n        except Exception:\n            {}\n"
)
KNOWN = "import socket\n\ntry:\n    socket.gethostbyname(name)\nexcept socket.gaierror:\n    pass\n"
COUNTS = "import requests\n\ndef {}(report):\n    requests.post(URL, json=report, timeout=3)\n"
ASKS = "import subprocess\n\ntry:\n    subprocess.run({})\nexcept FileNotFoundError:\n    found = False\n"
LOGS = "import requests\n\nanswer = requests.get(URL, timeout=1)\n{}\n"
RUNS = "import subprocess\n\ndef f():\n    try:\n        subprocess.call(['pack', '-n', COUNT])\n    except {}:\n        pass\n"
THREADS = "import threading\n\ndef begin():\n    threading.Timer(1.0, {}).start()\n"
ENDED = "import asyncio\n\nasync def {}(self):\n    await asyncio.gather(*self.tasks, return_exceptions=True)\n"
STORES = (
    "import requests\n\ndef {}(url):\n    try:\n        requests.put(url).raise_for_status()\n"
    "    except requests.RequestException:\n        return False\n    return True\n"
)
TABLES = "from django.db.utils import {0}\n\ntry:\n    shops = list(Shop.objects.all())\nexcept {0}:\n    shops = []\n"
WORDS = "try:\n    text = answer.text()\nexcept Exception:\n    text = ''\n{}\n"
FLAGS = (
    "import redis\n\ndef warn(words):\n    there = True\n    try:\n        redis.Redis().get(words)\n"
    "    except redis.ConnectionError:\n        there = False\n    {}\n"
)
RETRIES = (
    "import httpx\n\nasync def f(client, url):\n    for _ in range(3):\n        try:\n            return await client.get(url)\n"
    "        except httpx.TransportError:\n            pass\n    {}\n"
)
ENDS = "from concurrent.futures import ThreadPoolExecutor\n\npool = ThreadPoolExecutor()\npool.submit(stream.{})\n"


def confidences(rule_id: str, text: str) -> list[str]:
    """The confidences of a rule's findings in a file."""
    return [finding.confidence.value for finding in found(rule_id, text)]


def found(rule_id: str, text: str) -> list[Finding]:
    """A rule's findings in a file."""
    loaded = load_rules(tuple(place for place in places() if place.id == rule_id))
    plan = Plan([rule for rule in loaded if isinstance(rule, NodeRule)])
    sheet = screen("shop/orders.py", text.encode(), plan.query)
    return [item for item in walk(sheet, plan) if isinstance(item, Finding)]


@pytest.mark.parametrize(
    ("rule_id", "text", "expected"),
    [
        ("errors/swallowed-exception", TABLES.format("ProgrammingError"), "low"),
        ("errors/swallowed-exception", TABLES.format("OperationalError"), "high"),
        ("errors/swallowed-exception", FLAGS.format("if there:\n        tell(words)"), "low"),
        ("errors/swallowed-exception", FLAGS.format("tell(words)"), "high"),
        ("errors/swallowed-exception", RETRIES.format("return None"), "high"),
        ("errors/swallowed-exception", WORDS.format("raise Refused(text)"), "low"),
        ("errors/swallowed-exception", WORDS.format("store(text)"), "high"),
        ("errors/unchecked-result", LOGS.format("logger.debug('license: %s', answer.text)"), "low"),
        ("errors/unchecked-result", LOGS.format("store(answer.text)"), "high"),
        ("errors/unchecked-result", RUNS.format("KeyboardInterrupt"), "low"),
        ("errors/unchecked-result", RUNS.format("OSError").replace("    try:", "    # ignore if it fails\n    try:"), "low"),
        (
            "errors/unchecked-result",
            RUNS.format("OSError").replace("    try:", "    # fails where it is said to\n    try:"),
            "high",
        ),
        ("errors/unchecked-result", RUNS.format("OSError"), "high"),
        ("errors/lost-task", THREADS.format("open_browser"), "low"),
        ("errors/lost-task", THREADS.format("copy_cancel"), "low"),
        ("errors/lost-task", THREADS.format("send_orders"), "medium"),
        ("errors/swallowed-exception", IMPORTS.format("speed = None"), "low"),
        ("errors/broad-except", IMPORTS.format("import slow as speed"), "low"),
        ("errors/swallowed-exception", CLOSES, "low"),
        ("errors/swallowed-exception", SENDS, "high"),
        ("errors/swallowed-exception", DELETES, "high"),
        ("errors/swallowed-exception", TRIES.format("continue"), "low"),
        ("errors/swallowed-exception", TRIES.format("return None"), "high"),
        ("errors/swallowed-exception", SENDS.replace("send", "flush"), "high"),
        ("errors/swallowed-exception", CLOSES.replace("link.close", "handler.flush"), "low"),
        ("errors/swallowed-exception", "def shutdown(self):\n    " + SENDS.replace("\n", "\n    "), "low"),
        ("errors/swallowed-exception", KNOWN, "low"),
        ("errors/unchecked-result", COUNTS.format("send_usage_report"), "low"),
        ("errors/unchecked-result", COUNTS.format("send_invoice"), "high"),
        ("errors/unchecked-result", ASKS.format('["ffmpeg", "-version"]'), "low"),
        ("errors/unchecked-result", ASKS.format('["ffmpeg", "-i", source]'), "high"),
        ("errors/swallowed-exception", STORES.format("is_alive"), "low"),
        ("errors/swallowed-exception", STORES.format("store"), "high"),
        ("errors/lost-task", ENDED.format("stop"), "low"),
        ("errors/lost-task", ENDED.format("refresh"), "high"),
        ("errors/lost-task", ENDS.format("close"), "low"),
        ("errors/lost-task", ENDS.format("read"), "high"),
    ],
)
def test_what_is_likely_to_be_meant_is_less_sure(rule_id: str, text: str, expected: str) -> None:
    assert confidences(rule_id, text) == [expected]


def test_another_module_in_the_place_of_one_that_is_missing_is_no_silence() -> None:
    assert confidences("errors/swallowed-exception", IMPORTS.format("import slow as speed")) == []


def test_a_type_that_an_expression_gives_is_no_bare_except() -> None:
    asks = (
        "def has(key):\n    try:\n        store().head(Key=key)\n    except store().exceptions.NoSuchKey:\n        return False\n"
    )
    assert confidences("errors/swallowed-exception", asks) == []
    assert confidences("errors/swallowed-exception", asks.replace(" store().exceptions.NoSuchKey", "")) != []


def test_a_last_try_that_goes_unguarded_tells_what_the_others_kept() -> None:
    assert found("errors/swallowed-exception", RETRIES.format("return await client.get(url)")) == []


HEALTH = (
    "import redis\n\ndef health(answer):\n    try:\n        redis.Redis().ping()\n"
    "    except redis.ConnectionError:\n        {}\n    return answer\n"
)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("answer['status'] = 'degraded'", 0),
        ("answer['details'] = 'database connection error'", 0),
        ("answer.state = 'disconnected'", 0),
        ("answer['status'] = 'ok'", 1),
    ],
)
def test_an_answer_that_says_what_is_wrong_is_no_silence(told: str, number: int) -> None:
    assert len(confidences("errors/swallowed-exception", HEALTH.format(told))) == number


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("{'say': text}, HTTPStatus.BAD_REQUEST", 0),
        ("{'say': text}, 503", 0),
        ("{'say': text}, status.HTTP_400_BAD_REQUEST", 0),
        ("'The body is incorrect', None", 0),
        ("{'say': text}, HTTPStatus.OK", 1),
        ("rows, 200", 1),
    ],
)
def test_an_answer_with_the_status_of_a_failure_is_no_silence(answer: str, number: int) -> None:
    text = f"def create(request):\n    try:\n        request.get_json()\n    except Exception:\n        return {answer}\n"
    assert len(confidences("errors/swallowed-exception", text)) == number


@pytest.mark.parametrize(
    ("leaves", "below", "swallowed", "broad"),
    [
        ("if show(page):\n            return", "logger.warning('No page was opened: %s', page)", 0, 1),
        ("return show(page)", "raise Closed(page)", 0, 1),
        ("show(page)", "logger.info('The page was opened: %s', page)", 1, 0),
        ("return show(page)", "page.hide()", 1, 0),
    ],
)
def test_what_only_a_failure_comes_to_may_tell_of_it(leaves: str, below: str, swallowed: int, broad: int) -> None:
    text = f"def begin(page):\n    try:\n        {leaves}\n    except Exception:\n        pass\n    {below}\n"
    assert len(confidences("errors/swallowed-exception", text)) == swallowed
    assert len(confidences("errors/broad-except", text)) == broad
