"""Values from outside that are refused by what is made of them: text of bytes, models of a whole body, numbers of a list."""

import pytest

from tests.paths.shop import app, told

MODEL = "from pydantic import BaseModel\nclass Paid(BaseModel):\n    amount: int\n"


@pytest.mark.parametrize(
    ("read", "fails"),
    [
        ("request.get_data().decode()", True),
        ("request.files['sheet'].read().decode('utf-8')", True),
        ("request.get_data().decode('utf-8', 'replace')", False),
        ("request.get_data().decode('latin-1')", False),
        ("request.args.get('name', '').encode().decode()", False),
        ("SHEET.decode()", False),
        ("base64.b64encode(request.get_data()).decode()", False),
        ("base64.b64decode(request.get_data()).decode()", True),
    ],
)
def test_bytes_that_somebody_sent_may_be_no_text(read: str, fails: bool) -> None:
    body = f"import base64, hashlib\n@app.post('/sheets')\ndef take():\n    text = {read}\n    return text\n"
    assert ("take" in told(app(body) | {"shop/orders.py": "SHEET = b''\n"})) == fails


@pytest.mark.parametrize(
    ("given", "fails"),
    [
        ("**request.get_json()", True),
        ("**(request.get_json() or {})", True),
        ("**{'amount': request.args.get('amount')}", False),
        ("amount=3", False),
        ("**FEES", False),
    ],
)
def test_a_model_that_is_made_of_a_whole_body_may_refuse_it(given: str, fails: bool) -> None:
    body = f"@app.post('/paid')\ndef pay():\n    return Paid({given}).model_dump()\n"
    assert ("pay" in told(app(body) | {"shop/orders.py": MODEL + "FEES = {'amount': 3}\n"})) == fails


def test_a_body_with_nothing_to_stand_in_for_it_is_still_the_body() -> None:
    orders = "class Late(Exception):\n    pass\n\ndef take(code):\n    if code not in TAKEN:\n        raise Late(code)\n"
    body = "@app.post('/take')\ndef post():\n    code = (request.get_json(silent=True) or {}).get('code', '')\n    take(code)\n"
    assert "post" in told(app(body) | {"shop/orders.py": orders})


COUNTED = """
@app.post("/order")
def order():
    for place, key in enumerate(request.form.getlist("key")):
        int(key)
    return ""
"""

SHELVES = """
from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import path
from django.views import View

class Full(Exception):
    pass

class Shelf:
    def put(self, name):
        if name:
            raise Full(name)

class Shelves:
    @property
    def shelf(self):
        return Shelf()

class Put(LoginRequiredMixin, Shelves, View):
    def post(self, request):
        self.shelf.put(request.POST.get("name"))

urlpatterns = [path("put/", Put.as_view())]
"""


def test_a_list_that_is_counted_through_holds_what_was_sent() -> None:
    assert told(app(COUNTED) | {"shop/orders.py": ""}) == {"order": "medium"}


def test_a_mixin_of_the_project_stands_behind_one_of_a_library_too() -> None:
    assert list(told({"shop/views.py": SHELVES})) == ["post"]


CHALLENGE = """
import base64, hashlib
from django.http import HttpResponse
from django.urls import path

def token(request):
    if "verifier" not in request.POST:
        return HttpResponse(status=400)
    given = base64.{function}({given}).decode().rstrip("=")
    return HttpResponse(given)

urlpatterns = [path("token", token)]
"""


@pytest.mark.parametrize(
    ("function", "given", "fails"),
    [
        ("urlsafe_b64encode", "hashlib.sha256(request.POST['verifier'].encode()).digest()", False),
        ("b64encode", "request.POST['verifier'].encode()", False),
        ("b64decode", "request.POST['verifier'].encode()", True),
    ],
)
def test_what_writes_bytes_in_letters_leaves_text(function: str, given: str, fails: bool) -> None:
    assert ("token" in told({"shop/views.py": CHALLENGE.format(function=function, given=given)})) == fails
