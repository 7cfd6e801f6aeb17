"""By which of its methods a handler of several is asked where an error leaves it."""

import pytest

from tests.paths.projects import project

APP = """
from flask import Flask, request

app = Flask(__name__)

@app.route("/orders", methods=["GET", "POST"])
def orders():
    {code}
"""


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("return int(request.values['count'])", "GET /orders "),
        ("if request.method == 'POST':\n    return int(request.values['count'])\nreturn ''", "POST /orders "),
        ("if request.method == 'GET':\n    return ''\nreturn int(request.values['count'])", "POST /orders "),
        ("if request.method != 'POST':\n    return ''\nreturn int(request.values['count'])", "POST /orders "),
        ("if request.method == 'GET':\n    return int(request.values['count'])\nreturn ''", "GET /orders "),
        ("if form().validate_on_submit():\n    return int(request.values['count'])\nreturn ''", "POST /orders "),
        ("if form().is_submitted_and_valid():\n    return int(request.values['count'])\nreturn ''", "POST /orders "),
        ("return int(request.form['count'])", "POST /orders "),
        ("return int(request.form.get('count') or request.args['count'])", "GET /orders "),
        ("if request.method == 'POST' or request.args:\n    return int(request.values['count'])\nreturn ''", "GET /orders "),
    ],
)
def test_the_sentence_names_the_method_by_which_the_error_is_met(code: str, label: str) -> None:
    (told,) = project({"app.py": APP.replace("{code}", code.replace("\n", "\n    "))}).unhandled
    assert told.sentence.startswith(label)


VIEW = """
from django.db import models
from django.urls import path
from django.views.generic import CreateView

class Order(models.Model):
    number = models.IntegerField()

class New(CreateView):
    model = Order

    def get_form(self, form_class=None):
        self.number = int(self.request.{sent}["number"])
        return super().get_form(form_class)

urlpatterns = [path("new/", New.as_view())]
"""


@pytest.mark.parametrize(("sent", "label"), [("POST", "POST /new/ "), ("GET", "GET /new/ ")])
def test_what_a_body_brings_breaks_a_hook_of_a_view_where_one_is_sent(sent: str, label: str) -> None:
    told = project({"shop/views.py": VIEW.replace("{sent}", sent)}).unhandled
    assert [one.sentence.startswith(label) for one in told if "no number" in one.sentence] == [True]
