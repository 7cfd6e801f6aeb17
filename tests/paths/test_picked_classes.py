"""A dictionary of classes, or of objects of theirs, of which one is picked: any of those that descend from what they share."""

import pytest

from tests.paths.projects import project

PAY = """
import abc

import requests
from flask import Flask

class Gateway(abc.ABC):
    @abc.abstractmethod
    def charge(self, amount): ...

class Card(Gateway):
    def charge(self, amount):
        return requests.post("https://card.example/charge")

class Bank(Gateway):
    def charge(self, amount):
        return requests.post("https://bank.example/charge")

class Basket:
    def charge(self, amount):
        return amount

{picked}

class Ledger:
    def __init__(self, gateway):
        self.gateway = gateway

    @classmethod
    def of(cls, name):
        return cls(chosen(name))

    def settle(self, amount):
        self.gateway.charge(amount)

app = Flask(__name__)

@app.route("/v1/pay/<name>")
def pay(name):
    Ledger.of(name).settle(3)
    return ""
"""
MADE = "def chosen(name):\n    kinds = {'card': Card, 'bank': Bank}\n    return kinds[name]()\n"
GOT = "KINDS = {\n    'card': Card,\n    'bank': Bank,\n}\n\ndef chosen(name):\n    return KINDS.get(name)()\n"
KEPT = "KEPT = {'card': Card(), 'bank': Bank()}\n\ndef chosen(name):\n    return KEPT[name]\n"


@pytest.mark.parametrize("picked", [MADE, GOT, KEPT])
def test_a_service_of_any_class_that_may_be_picked_is_reached(picked: str) -> None:
    found = project({"shop/pay.py": PAY.replace("{picked}", picked)}).services.exposed()
    assert sorted(one.service for one in found) == ["bank.example", "card.example"]


def test_of_classes_that_share_nothing_none_is_picked() -> None:
    found = project({"shop/pay.py": PAY.replace("{picked}", MADE.replace("Bank}", "Basket}"))}).services.exposed()
    assert not list(found)


SHELVES = """
import os
from importlib import import_module

from flask_sqlalchemy import SQLAlchemy

if "OWN" in os.environ:
    db = getattr(import_module("own"), "db")
else:
    db = SQLAlchemy()

class Shelf(db.Model):
    id = db.Column(db.Integer, primary_key=True)

def shelves(keys):
    return [db.session.get(Shelf, key) for key in keys]
"""


def test_what_a_name_that_comes_later_gives_is_what_the_other_branch_says() -> None:
    assert [one.location.line for one in project({"shop/shelves.py": SHELVES}).repeated_queries] == [16]
