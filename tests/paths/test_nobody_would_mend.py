"""What is technically so and yet nothing that a team would change: it is left out, or told with little confidence."""

from auditor.model.finding import Confidence
from tests.paths.projects import project

PEOPLE = """
from django.contrib.auth.models import User
from django.db import models

class Project(models.Model):
    title = models.TextField()

class ProjectMember(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.TextField()

class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    club = models.ForeignKey(Project, on_delete=models.CASCADE)
    price = models.DecimalField()

class GroupMembership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    group = models.ForeignKey(Project, on_delete=models.CASCADE)
    status = models.TextField()

class Publication(models.Model):
    author = models.TextField()

class ListMember(models.Model):
    list_id = models.PositiveIntegerField()
    contact_id = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.TextField()

def strike(key):
    ListMember.objects.filter(list_id=key).delete()

def leave(member: ProjectMember, other: GroupMembership, paid: Membership, paper: Publication):
    member.delete()
    other.delete()
    paid.delete()
    paper.delete()
"""


def test_members_that_only_join_two_others_and_authors_that_are_a_text_are_not_critical() -> None:
    assert [one.model for one in project({"models.py": PEOPLE}).deletions.all] == ["Membership"]


NAMES = """
from django.db import models
from pydantic import BaseModel

class Order(models.Model):
    parent_key = models.ForeignKey("Order", on_delete=models.CASCADE)
    created_at = models.DateTimeField()

class Line(models.Model):
    parent_id = models.ForeignKey("Order", on_delete=models.CASCADE)
    created_on = models.DateTimeField()

class GatewayWebhook(BaseModel):
    eventType: str
"""


def test_one_name_against_one_other_is_a_guess_and_the_names_of_others_are_theirs() -> None:
    assert [(one.name, one.sure) for one in project({"models.py": NAMES}).naming.misnamed()] == [("created_on", False)]


ENGINES = """
from sqlalchemy import create_engine

_engine = None

def make(url):
    return create_engine(url)

def engine(url):
    global _engine
    if _engine is None:
        _engine = make(url)
    return _engine

def tables(url):
    found = make(url)
    with found.connect() as connection:
        return connection.tables()

def each(url):
    made = create_engine(url)
    with made.connect() as connection:
        return connection.tables()
"""


def test_a_maker_whose_engine_somebody_keeps_is_made_for_them() -> None:
    assert {one.function: one.pool for one in project({"db.py": ENGINES}).engines} == {"make": "kept", "each": "each"}


SMALL = """
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()

class Base(DeclarativeBase): ...

class Sport(Base):
    __tablename__ = "sports"
    id: Mapped[int] = mapped_column(primary_key=True)

class Ride(Base):
    __tablename__ = "rides"
    id: Mapped[int] = mapped_column(primary_key=True)

@app.get("/sports")
def sports(session: Session):
    return session.scalars(select(Sport)).all()

@app.get("/rides")
def rides(session: Session):
    return session.scalars(select(Ride)).all()

@app.post("/rides")
def ride(session: Session):
    session.add(Ride())
"""


def test_a_table_that_no_code_fills_stays_small() -> None:
    assert {one.model: one.confidence for one in project({"app.py": SMALL}).unbounded_queries} == {
        "Sport": Confidence.LOW,
        "Ride": Confidence.MEDIUM,
    }


PAGES = """
from flask import Flask, render_template
app = Flask(__name__)

@app.get("/about")
def about():
    return render_template("about.html")

@app.post("/login")
def login():
    return render_template("login.html")
"""


def test_a_page_for_people_needs_its_limit_less_than_the_way_in() -> None:
    api = project({"app.py": PAGES}).api
    assert {route.path: api.is_for_people(route) for route in api.unlimited} == {"/about": True, "/login": False}


LISTS = """
from django.db import models
from django.db.models import Prefetch
from rest_framework import serializers, viewsets

class Person(models.Model):
    name = models.TextField()

class Team(models.Model):
    name = models.TextField()

class Seat(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    room = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

class SeatSerializer(serializers.ModelSerializer):
    person = serializers.SlugRelatedField(slug_field="name", read_only=True)
    room = serializers.SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Seat
        fields = ["person", "room"]

class TeamSerializer(serializers.ModelSerializer):
    seats = serializers.SerializerMethodField()

    class Meta:
        model = Team
        fields = ["name", "seats"]

    def get_seats(self, obj):
        return SeatSerializer(obj.seat_set, many=True).data

class TeamViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = TeamSerializer

    def get_queryset(self):
        return Team.objects.prefetch_related(Prefetch("seat_set", queryset=Seat.objects.select_related("person")))
"""


def test_what_the_view_prefetches_came_with_the_rows_of_a_serializers_method() -> None:
    found = [one for one in project({"api.py": LISTS}).repeated_queries if one.confidence != Confidence.LOW]
    assert [one.text for one in found] == ["SeatSerializer.room"]


OWN = """
from django.db import models

class User(models.Model):
    @property
    def orders_count(self):
        return Order.objects.filter(user_id=self.pk).count()

    def shown(self):
        return {"orders": self.orders_count}

class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)

def users(request):
    return [user.shown() for user in User.objects.all()]

def yearly():
    return [Order.objects.filter(month=month).count() for month in months]

def reminded(days):
    for day in days.split(","):
        Order.objects.filter(day=day).first()
"""


def test_a_rows_own_properties_are_asked_for_sure_and_a_settings_words_are_few() -> None:
    found = {one.element: one.confidence for one in project({"models.py": OWN}).repeated_queries}
    assert found == {"user": Confidence.MEDIUM, "day": Confidence.LOW, "month": Confidence.LOW}


REMOTE = """
import xmlrpc.client
from pydantic import BaseModel

class Lab:
    def __init__(self):
        self.proxy = xmlrpc.client.ServerProxy("https://lab.example/RPC2")

    def details(self, key):
        return self.proxy.scheduler.details(key)

    def state(self, key):
        return self.details(key).get("state")

class Segment(BaseModel):
    cM: float
    end_position: int
    start_position: int
"""


def test_a_part_of_an_answer_is_no_call_and_a_units_sign_has_no_style() -> None:
    found = project({"lab.py": REMOTE})
    assert [one.edge.call.line for one in found.outbound.unbounded] == [10]
    assert found.naming.misnamed() == ()


def test_schemas_of_a_file_that_all_have_another_style_spell_out_another_format() -> None:
    head = "from pydantic import BaseModel\n\nclass "
    ours = head + "Case(BaseModel):\n" + "".join(f"    field_{letter}: str\n" for letter in "abcdefghijkl")
    theirs = head + "Submission(BaseModel):\n" + "".join(f"    itemOf{letter}: str\n" for letter in "ABCDEFGH")
    slip = head + "Note(BaseModel):\n    sent_at: str\n    sentBy: str\n"
    found = project({"cases.py": ours, "clinic.py": theirs, "notes.py": slip}).naming.misnamed()
    assert {(one.owner, one.sure) for one in found} == {("Submission", False), ("Note", True)}
