"""Errors of checks that ask a number which was made of what was sent."""

import pytest

from tests.paths.projects import project

SHOP = """
from decimal import Decimal
from fastapi import FastAPI, HTTPException

app = FastAPI()

def surcharge(text):
    try:
        value = {made}
    except ArithmeticError as error:
        raise HTTPException(400) from error
    if value < 0:
        raise Exception("a surcharge is never negative")
    return value

@app.get("/v1/surcharge")
def quote(value: str):
    return {{"surcharge": str(surcharge({given}))}}
"""


@pytest.mark.parametrize(
    ("made", "given", "errors"),
    [("Decimal(text)", "value", ["Exception"]), ("Decimal(text)", "'1.5'", []), ("Decimal(1)", "value", [])],
)
def test_a_check_of_a_number_is_a_check_of_the_text_it_was_made_of(made: str, given: str, errors: list[str]) -> None:
    found = project({"shop.py": SHOP.format(made=made, given=given)}).unhandled
    assert [one.error for one in found if one.error == "Exception"] == errors


def test_a_row_that_a_cursor_does_not_find_was_asked_for_by_what_it_executed() -> None:
    code = """
    import psycopg2
    from fastapi import FastAPI

    app = FastAPI()
    pool = psycopg2.connect("dbname=shop")

    def balance(key):
        with pool.cursor() as cursor:
            cursor.execute("select amount from accounts where id = %s", (key,))
            row = cursor.fetchone()
        if row is None:
            raise LookupError(key)
        return row[0]

    @app.get("/v1/accounts/{key}")
    def show(key: int):
        return {"balance": balance(key)}
    """
    assert [one.error for one in project({"shop.py": code}).unhandled if one.error == "LookupError"] == ["LookupError"]
    assert not [one for one in project({"shop.py": code.replace("(key,)", "(1,)")}).unhandled if one.error == "LookupError"]


@pytest.mark.parametrize(
    ("given", "number"),
    [("request.args.get('page', 1, type=int)", 0), ("request.args.get('page', 1)", 1), ("request.args.get('page', type=str)", 1)],
)
def test_a_number_that_the_framework_has_made_is_one(given: str, number: int) -> None:
    code = f"""
    from flask import Flask, request

    app = Flask(__name__)

    @app.get("/v1/orders")
    def orders():
        return str(max(int({given}), 1))
    """
    assert len([one for one in project({"shop.py": code}).unhandled if one.error == "ValueError"]) == number


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [("order = request.data['branch']", "", 1), ("", "order = request.data['branch']", 0), ("order = 1", "", 0)],
)
def test_what_is_read_before_a_serializer_looks_at_it_may_be_missing(before: str, after: str, number: int) -> None:
    code = f"""
    from django.urls import path
    from rest_framework.response import Response
    from rest_framework.views import APIView
    from shop.serializers import OrderSerializer

    class Orders(APIView):
        def post(self, request):
            {before or "pass"}
            found = OrderSerializer(data=request.data)
            found.is_valid(raise_exception=True)
            {after or "pass"}
            return Response(order)

    urlpatterns = [path("v1/orders", Orders.as_view())]
    """
    assert len([one for one in project({"shop/views.py": code}).unhandled if one.error == "KeyError"]) == number
