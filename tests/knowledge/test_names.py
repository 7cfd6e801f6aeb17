"""Dotted names are brought to the form that the library files use, whatever the code's spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.knowledge.load import load
from auditor.knowledge.names import match, spelt

KNOWN = load()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a.b", ["a.b"]),
        ("a.{b,c}", ["a.b", "a.c"]),
        ("{a,b.c}.{d,e}", ["a.d", "a.e", "b.c.d", "b.c.e"]),
    ],
)
def test_braces_stand_for_each_part(text: str, names: list[str]) -> None:
    assert list(spelt(text)) == names


def test_the_longest_prefix_wins_and_a_leading_star_comes_last() -> None:
    table = {"a.*": 1, "a.b.*": 2, "a.b.c": 3, "*.z": 4}
    assert [match(table, name) for name in ("a.b.c", "a.b.d", "a.x", "q.z", "q.y")] == [3, 2, 1, 4, None]


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("requests.api.get", "requests.get"),
        ("requests.Session().get", "requests.Session.get"),
        ("requests.session().post", "requests.Session.post"),
        ("requests.get().json", "requests.Response.json"),
        ("requests_oauthlib.OAuth2Session().get", "requests.Session.get"),
        ("boto3.resource().Bucket().upload_file", "boto3.Resource.upload_file"),
        ("boto3.Session().client().put_object", "boto3.Client.put_object"),
        ("django.db.models.Model.objects.filter().select_related().get", "django.db.models.QuerySet.get"),
        ("django.contrib.auth.get_user_model().objects.all()[].save", "django.db.models.QuerySet.save"),
        ("flask_sqlalchemy.SQLAlchemy().session.query().filter().one", "sqlalchemy.orm.Query.one"),
        ("flask_sqlalchemy.SQLAlchemy().Model.query.filter_by().first", "sqlalchemy.orm.Query.first"),
        ("sqlalchemy.orm.sessionmaker()().execute().scalars().one", "sqlalchemy.Result.one"),
        ("sqlmodel.select<Order>().where", "sqlalchemy.Statement.where"),
        ("flask_smorest.Blueprint().route", "flask.Scaffold.route"),
        ("stripe.error.CardError", "stripe.CardError"),
        ("requests.Timeout", "requests.exceptions.Timeout"),
        ("nothing.of().note", "nothing.of.note"),
    ],
)
def test_a_name_has_one_normal_form(said: str, normal: str) -> None:
    assert KNOWN.normal(said) == normal


def test_a_name_in_its_normal_form_stays_what_it_is() -> None:
    names = sorted(name for name in KNOWN._known if "*" not in name)
    assert [(name, KNOWN.normal(name)) for name in names if KNOWN.normal(KNOWN.normal(name)) != KNOWN.normal(name)] == []


@given(st.text(alphabet="abc.()[]<>{}*,@ 1", max_size=40))
def test_any_text_has_a_normal_form(text: str) -> None:
    assert isinstance(KNOWN.normal(text), str)
    assert KNOWN.effect(text) is None or "*" in str(KNOWN.effect(text))


def test_an_exception_type_is_no_effect_though_a_star_covers_it() -> None:
    assert KNOWN.effect("stripe.CardError") is None
    assert KNOWN.effect("stripe.Charge.create") is not None
    assert KNOWN.effect("boto3.client().get_paginator") is None
