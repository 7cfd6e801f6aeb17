"""What forms have found to be whole, mappings that a scope writes out, and rows that only look as if they had been sent."""

from tests.paths.projects import project
from tests.paths.shop import app, told

FORMS = """
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField

class Limits(FlaskForm):
    limit = IntegerField("most")
    note = StringField("note")
"""


def test_what_a_field_of_numbers_has_looked_at_is_a_number() -> None:
    routes = """
from shop.forms import Limits

def save(sent):
    return int(sent["limit"])

def save_note(sent):
    return int(sent["note"])

@app.post("/limit")
def limit():
    form = Limits(request.form)
    if form.validate_on_submit():
        save(request.form)

@app.post("/note")
def note():
    form = Limits(request.form)
    if form.validate_on_submit():
        save_note(request.form)

@app.post("/unasked")
def unasked():
    save(request.form)
"""
    assert set(told({**app(routes), "shop/forms.py": FORMS, "shop/orders.py": ""})) == {"note", "unasked"}


KEEPS = """
from django.db import models
from django.urls import path

class Setting(models.Model):
    key = models.UUIDField(unique=True, default=new_key)
    name = models.CharField(max_length=80, unique=True)
    value = models.TextField()

def keep(request):
    values = {"value": request.POST.get("value"), "name": "fixed"}
    Setting.objects.create(**values)

def name(request):
    values = {"value": "", "name": request.POST.get("name")}
    Setting.objects.create(**values)

def once(request):
    asked = {"name": request.POST.get("name")}
    try:
        return Setting.objects.get(**asked)
    except Setting.DoesNotExist:
        return Setting.objects.create(name=request.POST.get("name"))

urlpatterns = [path("keep", keep), path("name", name), path("once", once)]
"""


def test_a_mapping_that_is_written_out_gives_the_columns_that_it_names() -> None:
    found = [(one.entry.label, one.error) for one in project({"views.py": KEEPS}).unhandled]
    assert found == [("ANY /name", "django.db.IntegrityError")]


VERSIONS = """
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import Session

app = FastAPI()

class Version(BaseModel):
    number: int

@app.get("/versions/{key}")
def versions(key: str, page: int = 1, session: Session = Depends(connect)):
    offset = page * 10
    rows = session.query(Row).filter(Row.key == key).order_by(Row.number.desc()).offset(offset).all()
    return [Version.model_validate(row) for row in rows]

@app.get("/parsed/{text}")
def parsed(text: str):
    return Version.model_validate(text)
"""


def test_rows_of_a_query_are_not_what_the_query_was_given() -> None:
    assert [one.entry.label for one in project({"api.py": VERSIONS}).unhandled] == ["GET /parsed/{text}"]


def test_what_a_call_makes_of_a_name_it_makes_of_what_the_name_was_before() -> None:
    routes = """
@app.get("/plain")
def plain():
    page = request.args.get("page")
    if page:
        page = int(page)
    return rows(page)

@app.get("/handed")
def handed():
    return paged(request.args.to_dict()["page"])

@app.get("/named")
def named():
    page = request.args.get("page", None)
    return paged(page=page)

@app.get("/found")
def found():
    page = request.args["number"]
    row = find(page)
    return paged(page)

@app.get("/twice")
def twice():
    return known_page(request.args["page"])
"""
    orders = """
def paged(page):
    page = int(page)
    return rows(page)

def known_page(page):
    page = known(page)
    page = int(page)
    return rows(page)
"""
    assert set(told({**app(routes), "shop/orders.py": orders})) == {"plain", "handed", "named"}


def test_a_call_with_no_timeout_never_times_out() -> None:
    routes = """
import requests

def sent(name, **options):
    try:
        return requests.get(name, **options)
    except requests.ConnectionError:
        return None

@app.get("/bounded")
def bounded():
    try:
        return requests.get("https://till.example", timeout=3).text
    except requests.ConnectionError:
        return ""

@app.get("/waiting")
def waiting():
    try:
        return requests.get("https://till.example").text
    except requests.ConnectionError:
        return ""

@app.get("/open")
def open_():
    return requests.get("https://till.example").text
"""
    assert set(told({**app(routes), "shop/orders.py": ""})) == {"bounded", "open_"}


def test_a_file_is_missing_wherever_its_path_was_put_together_and_seldom_can_not_be_written() -> None:
    routes = """
import os
from pathlib import Path

@app.get("/read/<name>")
def read(name):
    path = os.path.join(FOLDER, name)
    with open(path) as file:
        return file.read()

@app.get("/below/<name>")
def below(name):
    path = Path(FOLDER).joinpath(name)
    return open(path).read()

@app.get("/there/<name>")
def there(name):
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        return ""
    return open(path).read()

@app.post("/write/<name>")
def write(name):
    path = os.path.join(FOLDER, name)
    with open(path, "wb") as file:
        file.write(request.data)
"""
    assert told({**app(routes), "shop/orders.py": ""}) == {"read": "high", "below": "high", "write": "low"}
