"""Values from outside that reach a table by several names at once, several rows at once, or through a file that was sent."""

import pytest

from tests.paths.projects import project

SHOP = """
import csv
import io

from fastapi import Body, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker

app = FastAPI()
sessions = sessionmaker(create_engine("postgresql://db/shop"))

class Base(DeclarativeBase):
    pass

class Member(Base):
    __tablename__ = "members"
    id = mapped_column(primary_key=True)
    name = mapped_column()
    email = mapped_column(unique=True)

@app.post("/members")
def change(text: str = Body(embed=True), session: Session = sessions()):
    BODY
"""


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("member = session.get(Member, 1); member.name, member.email = '', text; session.commit()", "IntegrityError"),
        ("session.add_all([Member(email=line) for line in text.split()]); session.commit()", "IntegrityError"),
        ("return [int(row.get('price')) for row in csv.DictReader(io.StringIO(text))]", "ValueError"),
        ("return {'price': int('5')}", ""),
        ("member = session.get(Member, 1); member.name, member.id = text, 1; session.commit()", ""),
    ],
)
def test_what_outside_values_break_on_their_way_leaves_the_route(body: str, error: str) -> None:
    found = project({"shop.py": SHOP.replace("BODY", body)})
    assert [one.error.rpartition(".")[2] for one in found.unhandled] == ([error] if error else [])


def test_what_a_request_parser_gives_comes_from_outside() -> None:
    code = """
    from flask import Flask
    from flask_restful import Api, Resource, reqparse
    from sqlalchemy import Column, Integer, String, create_engine
    from sqlalchemy.orm import declarative_base, sessionmaker

    app = Flask(__name__)
    api = Api(app)
    Base = declarative_base()
    session = sessionmaker(create_engine("postgresql://db/shop"))()
    parser = reqparse.RequestParser()
    parser.add_argument("isbn")

    class Book(Base):
        __tablename__ = "books"
        id = Column(Integer, primary_key=True)
        isbn = Column(String, unique=True)

    class Books(Resource):
        def post(self):
            given = parser.parse_args()
            session.add(Book(isbn=given["isbn"]))
            session.commit()

    api.add_resource(Books, "/v1/books")
    """
    assert [one.error for one in project({"shop.py": code}).unhandled] == ["sqlalchemy.exc.IntegrityError"]
