"""A form that looks at no table lets through what is there already; one that asks for rows, or stands for a model, does not."""

import pytest

from tests.paths.projects import project

DJANGO = """
from django import forms
from django.db import models
from django.http import HttpResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

class Supplier(models.Model):
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=12)

class Plain(serializers.Serializer):
    code = serializers.CharField(max_length=12)

class Named(serializers.Serializer):
    name = serializers.CharField(max_length=12)

class Checked(serializers.Serializer):
    code = serializers.CharField(max_length=12)

    def validate_code(self, value):
        return unknown(value)

class Unique(serializers.Serializer):
    code = serializers.CharField(validators=[UniqueValidator(queryset=Supplier.objects.all())])

class Whole(serializers.ModelSerializer):
    class Meta:
        model = Supplier
        fields = ["code"]

class Form(forms.Form):
    code = forms.CharField()

class Clean(forms.Form):
    code = forms.CharField()

    def clean(self):
        return unknown(super().clean())

def add(request):
    form = {form}(request.POST)
    if form.is_valid():
        {body}
    return HttpResponse("")

urlpatterns = [path("suppliers", add)]
"""
FLASK = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from wtforms import StringField

app = Flask(__name__)
db = SQLAlchemy(app)

class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(80), unique=True)
    name = db.Column(db.String(80))

class Register(FlaskForm):
    email = StringField("Email")
    name = StringField("Name")

class Careful(FlaskForm):
    email = StringField("Email")

    def validate_email(self, field):
        check(field)

@app.post("/users")
def register():
    form = {form}()
    if form.validate_on_submit():
        {body}
        db.session.commit()
    return ""
"""


def _breaks(code: str) -> bool:
    return "IntegrityError" in {one.error.rpartition(".")[2] for one in project({"shop/views.py": code}).unhandled}


@pytest.mark.parametrize(
    ("form", "body", "breaks"),
    [
        ("Plain", "Supplier.objects.create(code=form.validated_data['code'])", True),
        ("Plain", "Supplier.objects.create(**form.validated_data)", True),
        ("Plain", "data = form.validated_data\n        Supplier.objects.create(code=data['code'])", True),
        ("Form", "Supplier.objects.create(code=form.cleaned_data['code'])", True),
        ("Named", "Supplier.objects.create(**form.validated_data)", False),
        ("Checked", "Supplier.objects.create(code=form.validated_data['code'])", False),
        ("Unique", "Supplier.objects.create(code=form.validated_data['code'])", False),
        ("Whole", "Supplier.objects.create(code=form.validated_data['code'])", False),
        ("Clean", "Supplier.objects.create(code=form.cleaned_data['code'])", False),
    ],
)
def test_a_form_of_django_lets_through_what_it_does_not_look_up(form: str, body: str, breaks: bool) -> None:
    assert _breaks(DJANGO.replace("{form}", form).replace("{body}", body)) is breaks


@pytest.mark.parametrize(
    ("form", "body", "breaks"),
    [
        ("Register", "db.session.add(User(email=form.email.data, name=form.name.data))", True),
        ("Register", "user = User(email=form.email.data)\n        db.session.add(user)", True),
        ("Register", "db.session.add(User(name=form.name.data))", False),
        ("Careful", "db.session.add(User(email=form.email.data))", False),
        (
            "Register",
            "if User.query.filter_by(email=form.email.data).first():\n            return ''\n"
            "        db.session.add(User(email=form.email.data))",
            False,
        ),
    ],
)
def test_a_form_of_flask_does_too(form: str, body: str, breaks: bool) -> None:
    assert _breaks(FLASK.replace("{form}", form).replace("{body}", body)) is breaks
