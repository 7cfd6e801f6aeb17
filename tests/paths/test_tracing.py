"""A request's id is followed through what a project wrote itself, and nobody asks for one where no request is."""

import pytest

from tests.paths.projects import project

MIDDLEWARE = """
import contextvars
import logging
import uuid

import httpx
from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware

HEADER = "X-Request-ID"
current = contextvars.ContextVar("request_id", default="-")

class Tagger(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        current.set(request.headers.get(HEADER) or uuid.uuid4().hex)
        return await call_next(request)

class Filter(logging.Filter):
    def filter(self, record):
        record.request_id = current.get()
        return True

logging.basicConfig()
app = FastAPI()
app.add_middleware(Tagger)

def tag(request):
    request.headers[HEADER] = current.get()

def client():
    return httpx.Client(headers={HEADER: current.get()})

hooked = httpx.Client(event_hooks={"request": [tag]})

@app.get("/rates")
def rates():
    return client().get("http://rates/today").json(), hooked.get("http://stock/now").json()
"""
TASKS = """
from celery import Celery
from flask import Flask

app = Flask(__name__)
celery = Celery()

@celery.task
def sweep(): ...

@celery.task
def mail(): ...

@celery.on_after_configure.connect
def clock(sender, **kwargs):
    sender.add_periodic_task(60, sweep.s(), name="sweep")

@app.post("/orders")
def order():
    mail.delay()
"""


def broken(code: str) -> list[tuple[str, bool]]:
    return [(one.what, one.doubtful) for one in project({"main.py": code}).tracing.broken()]


def test_middleware_filter_factory_and_hook_of_the_projects_own_tie_every_link() -> None:
    assert broken(MIDDLEWARE) == []


def test_a_header_in_a_constant_is_missed_where_only_the_answer_has_it() -> None:
    cut = MIDDLEWARE.replace("httpx.Client(headers={HEADER: current.get()})", "httpx.Client()")
    assert broken(cut) == [("calls by httpx in main carry no request id", False)]


def test_what_a_clock_starts_has_no_request() -> None:
    tasks = [what for what, _ in broken(TASKS) if what.startswith("the task")]
    assert tasks == ["the task mail begins without the id of the request that starts it"]


def test_a_service_of_somebody_else_is_in_doubt() -> None:
    takes = "@app.before_request\ndef take():\n    g.request_id = request.headers.get('X-Request-ID')\n"
    head = "import requests\nfrom flask import Flask, g, request\napp = Flask(__name__)\n"
    code = f"{head}{takes}@app.get('/')\ndef a():\n    CALL\n"
    theirs = dict(broken(code.replace("CALL", "requests.get('https://api.bank.example/x', timeout=3)")))
    ours = dict(broken(code.replace("CALL", "requests.get(RATES_URL, timeout=3)")))
    assert theirs["calls to api.bank.example carry no request id"] is True
    assert ours["calls to RATES_URL carry no request id"] is False
    none = dict(broken(code.replace(takes, "").replace("CALL", "requests.get(RATES_URL, timeout=3)")))
    assert none["calls to RATES_URL carry no request id"] is True, "without an id there is nothing to send on"


def test_asking_an_application_makes_none() -> None:
    code = (
        "from flask import Flask\n\nclass Fixed:\n    def __init__(self, app: Flask):\n        self.app = app\n\n"
        "    def __call__(self, environ, start_response):\n        return self.app(environ, start_response)\n"
    )
    assert project({"main.py": code}).applications.all == ()


def test_an_id_may_be_put_in_by_what_a_hook_of_the_client_calls() -> None:
    ids = "from context import current\n\ndef headers():\n    return {'X-Request-ID': current.get()}\n"
    context = "from contextvars import ContextVar\ncurrent = ContextVar('request_id')\n"
    code = (
        "import httpx\nfrom fastapi import FastAPI\nfrom ids import headers\n\napp = FastAPI()\n\n"
        "async def stamp(request):\n    request.headers.update(headers())\n\n"
        "client = httpx.AsyncClient(event_hooks={'request': [stamp]})\n\n"
        "@app.get('/rates')\nasync def rates():\n    return await client.get(RATES)\n"
    )
    for sent, text in ((True, code), (False, code.replace("headers()", "{}"))):
        links = [one.link for one in project({"ids.py": ids, "context.py": context, "app.py": text}).tracing.broken()]
        assert ("outbound" not in links) is sent


def test_an_id_of_what_a_business_is_asked_for_is_none_of_a_request() -> None:
    code = """
import logging
from flask import Flask
app = Flask(__name__)

@app.delete("/share/<share_request_id>")
def reject(share_request_id):
    return take_back(request_id=share_request_id)
"""
    assert ("app takes no request id from its requests", False) in broken(code)


def watched(files: dict[str, str]) -> list[str]:
    return [f"{app.name} {what}" for app, what in project(files).unwatched]


FLASK = "from flask import Flask\n{name} = Flask(__name__)\n"


def test_several_applications_of_one_package_are_told_once_at_the_outermost() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/server.py": FLASK.format(name="server"),
        "shop/ui/__init__.py": "",
        "shop/ui/pages.py": FLASK.format(name="pages"),
        "other/__init__.py": "",
        "other/app.py": FLASK.format(name="other"),
    }
    assert {name.partition(" ")[0] for name in watched(files)} == {"server", "other"}


def test_a_skeleton_of_projects_to_come_runs_nowhere() -> None:
    assert watched({"shop/project_template/site/app.py": FLASK.format(name="app")}) == []


@pytest.mark.parametrize(("app", "watched"), [("health_check", "health check"), ("django_prometheus", "metrics"), ("shop", "")])
def test_an_installed_application_of_django_may_watch(app: str, watched: str) -> None:
    settings = f"INSTALLED_APPS = ['django.contrib.auth', '{app}']\nROOT_URLCONF = 'shop.urls'\n"
    wsgi = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    missing = {what for _, what in project({"shop/settings.py": settings, "shop/wsgi.py": wsgi}).unwatched}
    assert missing == {"error tracker", "metrics", "health check"} - {watched}


def test_a_package_that_is_not_here_to_be_read_may_watch() -> None:
    code = FLASK.format(name="app") + "from house_telemetry import watch\nwatch(app)\n"
    assert project({"app.py": code}).applications.watched_elsewhere
    assert all(link.doubtful for link in project({"app.py": code}).tracing.broken())


def test_a_module_of_such_a_package_may_watch_too() -> None:
    code = FLASK.format(name="app") + "from house_common.monitoring import metrics\nmetrics.count('orders')\n"
    assert project({"app.py": code}).applications.watched_elsewhere


def test_an_item_of_a_feed_has_a_guid_that_is_no_id_of_a_request() -> None:
    code = FLASK.format(name="app") + "def dispatch(item):\n    return item.guid\n"
    assert not project({"app.py": code}).tracing.entered


def test_an_id_may_be_put_in_by_the_request_method_of_the_clients_own_class() -> None:
    session = (
        "import requests\nfrom flask import g\n\nclass Session(requests.Session):\n"
        "    def request(self, method, url, **given):\n"
        "        return super().request(method, url, headers={'X-Request-ID': g.request_id}, **given)\n"
    )
    code = (
        "import requests\nfrom flask import Flask\nfrom session import Session\n\napp = Flask(__name__)\n\n"
        "class Rates:\n    def __init__(self):\n        self.session = Session()\n\n"
        "    def today(self):\n        return self.session.get(RATES).json()\n\n"
        "@app.get('/rates')\ndef rates():\n    return Rates().today()\n"
    )
    for sent, text in ((True, code), (False, code.replace("= Session()", "= requests.Session()"))):
        found = project({"session.py": session, "app.py": text}).tracing.broken()
        assert ("outbound" not in [one.link for one in found if "app" in one.location.path]) is sent


def test_an_application_of_another_package_takes_no_id_by_the_middleware_of_its_neighbour() -> None:
    taken = "from asgi_correlation_id import CorrelationIdMiddleware\nfrom fastapi import FastAPI\napp = FastAPI()\n"
    taken += "app.add_middleware(CorrelationIdMiddleware)\n"
    plain = "from flask import Flask\napp = Flask(__name__)\n"
    apart = {"one/__init__.py": "", "one/app.py": taken, "two/__init__.py": "", "two/app.py": plain}
    assert [one.location.path for one in project(apart).tracing.broken() if one.link == "entry"] == ["two/app.py"]
    shared = {
        "one/__init__.py": "",
        "one/app.py": plain,
        "lib/__init__.py": "",
        "lib/watch.py": taken.replace("FastAPI()", "made"),
    }
    assert not [one for one in project(shared).tracing.broken() if one.link == "entry"]


def test_what_one_application_of_a_repository_sets_up_does_not_watch_another() -> None:
    whole = FLASK.format(name="shop") + (
        "import sentry_sdk\nfrom prometheus_client import make_wsgi_app\nsentry_sdk.init('https://key@sentry.example/1')\n"
        "make_wsgi_app()\n\n@shop.route('/healthz')\ndef healthz():\n    return 'ok'\n"
    )
    bare = FLASK.format(name="track") + "@track.route('/v1/parcels')\ndef parcels():\n    return ''\n"
    files = {"shop/__init__.py": "", "shop/app.py": whole, "track/__init__.py": "", "track/app.py": bare}
    assert watched(files) == ["track error tracker", "track metrics", "track health check"]
    shared = {
        "shared/__init__.py": "",
        "shared/errors.py": "import sentry_sdk\nsentry_sdk.init('https://key@sentry.example/1')\n",
    }
    assert watched(files | shared) == ["track metrics", "track health check"]


RATES = """
import requests
from flask import Flask, g, request
from requests.adapters import HTTPAdapter

app = Flask(__name__)

@app.before_request
def take_id():
    g.request_id = request.headers.get("X-Request-ID")

class Tagging(HTTPAdapter):
    def send(self, request, **given):
        HEADER
        return super().send(request, **given)

def partner():
    session = requests.Session()
    session.mount("https://", Tagging())
    return session

class Rates:
    def __init__(self):
        self.session = partner()

    def today(self):
        return self.session.get(RATES_URL).json()

@app.get("/rates")
def rates():
    session = partner()
    return session.get(RATES_URL).json() | partner().get(RATES_URL).json() | Rates().today()
"""
HEADER = 'request.headers["X-Request-ID"] = g.request_id'


def test_an_id_may_be_put_in_by_what_the_maker_of_a_client_gives_it() -> None:
    for sent, text in ((True, RATES.replace("HEADER", HEADER)), (False, RATES.replace("HEADER", "pass"))):
        assert ("calls to RATES_URL carry no request id" not in dict(broken(text))) is sent


STOCK = """
import requests
from flask import Flask, g, request

app = Flask(__name__)

@app.before_request
def take_id():
    g.request_id = request.headers.get("X-Request-ID")

class Stock:
    def __init__(self):
        self.session = requests.Session()
        INIT

    def level(self):
        return self.session.get(STOCK_URL, headers={"X-Request-ID": g.request_id}).json()

    def price(self):
        return PRICE

@app.get("/stock")
def stock():
    return Stock().level() | Stock().price()
"""
TAGS = 'self.session.headers["X-Request-ID"] = g.request_id'


def test_an_id_that_one_method_gives_its_own_call_is_none_of_its_neighbours() -> None:
    asks = "self.session.get(STOCK_URL).json()"
    for lost, price, init in ((True, asks, "pass"), (False, asks, TAGS), (False, "self.level()", "pass")):
        text = STOCK.replace("PRICE", price).replace("INIT", init)
        assert ("calls to STOCK_URL carry no request id" in dict(broken(text))) is lost
