"""A small shop on Flask whose errors somebody asks about."""

from collections.abc import Mapping

from tests.paths.projects import project


def told(files: Mapping[str, str]) -> dict[str, str]:
    """The confidence by the name of the handler's function."""
    found = project(files)
    names = {(one.location.path, one.location.line): one for one in found.unhandled}
    lines = {path: text.splitlines() for path, text in files.items()}
    return {lines[path][line - 1].split("def ")[1].partition("(")[0]: str(one.confidence) for (path, line), one in names.items()}


def app(body: str) -> dict[str, str]:
    return {"shop/app.py": f"from flask import Flask, request\nfrom shop.orders import *\napp = Flask(__name__)\n{body}"}


ORDERS = """
class Late(Exception):
    pass

def checked(name):
    if name in TAKEN:
        raise Late(name)
    return name

def change(order, name=None, note=None):
    if name is not None:
        name = checked(name)
    order.note = note

def render(order, inline=False):
    if inline:
        return order
    raise Late(order)

def owned(login="", uid=None):
    if not login and uid is not None:
        raise Late(login)

def through(order, name=None):
    change(order, name=name)
"""
