"""What a helper has answered for, asked for or let through before the code that fails is called."""

import pytest

from tests.paths.projects import project

STORE = """
from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()

class Refused(Exception):
    pass

class Store:
    def check(self, key):
        if key not in self.keys:
            raise Refused(key)

    def beat(self, key):
        if self.rows.get(key).revoked:
            raise Refused(key)

store = Store()

def allow(key):
    try:
        store.check(key)
    except Refused as error:
        raise HTTPException(401) from error

@app.post("/beat/{key}")
def beat(key: str, other: str{depends}):
    {before}
    store.beat(key)
"""


@pytest.mark.parametrize(
    ("before", "depends", "sure"),
    [
        ("allow(key)", "", "low"),
        ("pass", ", seen=Depends(allow)", "low"),
        ("allow(other)", "", "medium"),
        ("print(key)", "", "medium"),
    ],
)
def test_what_a_helper_answers_for_about_the_same_before_is_doubtful(before: str, depends: str, sure: str) -> None:
    found = project({"app.py": STORE.replace("{before}", before).replace("{depends}", depends)}).unhandled
    assert [(one.error.rpartition(".")[2], one.confidence.name.lower()) for one in found] == [("Refused", sure)]


@pytest.mark.parametrize(
    ("given", "fails"),
    [
        ("(order.hours or 0) * 3600", False),
        ("order.hours * 60 * 60", False),
        ("(order.name or 0) * 3600", True),
        ("order.hours + order.name", True),
    ],
)
def test_what_is_reckoned_by_a_number_of_a_schema_is_one(given: str, fails: bool) -> None:
    code = f"""
        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()

        class Order(BaseModel):
            hours: float | None = None
            name: str = ""

        @app.post("/orders")
        def extend(order: Order):
            return int({given})
    """
    assert bool(project({"app.py": code}).unhandled) == fails


def test_a_caller_asks_for_the_row_that_a_helper_makes_of_a_whole() -> None:
    code = """
        from fastapi import FastAPI, HTTPException
        from sqlmodel import Field, Session, SQLModel, select

        app = FastAPI()

        class NewUser(SQLModel):
            email: str

        class User(NewUser, table=True):
            id: int | None = Field(default=None, primary_key=True)
            email: str = Field(unique=True)

        def create(session: Session, given: NewUser):
            user = User.model_validate(given, update={"active": True})
            session.add(user)
            session.commit()

        @app.post("/first")
        def first(body: NewUser, session: Session):
            if session.exec(select(User).where(User.email == body.email)).first():
                raise HTTPException(400)
            create(session, NewUser(email=body.email))

        @app.post("/users")
        def join(body: NewUser, session: Session):
            create(session, body)
    """
    assert [one.entry.label for one in project({"app.py": code}).unhandled] == ["POST /users"]
