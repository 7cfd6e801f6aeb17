"""Errors that functions hand round in one circle, each catching one kind and raising another."""

from auditor.paths.errors.unhandled import unhandled
from tests.paths.projects import project

NUMBER = 150
TYPES = "".join(f"class E{n}(Exception):\n    pass\n" for n in range(NUMBER + 1))
LINK = """
def f{here}(order):
    try:
        f{after}(order)
    except E{here}:
        raise E{other}()
    if order.is_paid:
        raise E{after}()
"""
APP = """
from flask import Flask

app = Flask(__name__)

{types}{links}
@app.post("/pay/<int:number>")
def pay(number):
    f{number}(Order.query.get_or_404(number))
"""


def test_each_is_carried_once_and_leaves_unless_it_is_caught() -> None:
    links = [LINK.format(here=n, after=(n + 1) % NUMBER, other=n * 3 % NUMBER) for n in range(NUMBER)]
    text = APP.replace("{types}", TYPES).replace("{links}", "".join(links)).replace("{number}", "7")
    found = project({"app.py": text})
    told = {one.error for one in unhandled(found.entries, found.escapes)}
    # What the first link raises after its `try` leaves; what it catches leaves only where it raises that again.
    assert "app.E8" in told
    assert "app.E7" not in told
