"""Errors of what an object is made with, of functions that run in a thread, and of statements and sockets."""

from tests.paths.projects import project

APP = """
import asyncio
from dataclasses import dataclass
from datetime import date
from fastapi import FastAPI, WebSocket
from sqlalchemy import select
from shop.tables import Row, factory

app = FastAPI()

class TooLight(Exception):
    pass

@dataclass
class Weight:
    grams: int

    def __post_init__(self) -> None:
        if self.grams <= 0:
            raise TooLight(self.grams)
"""
TABLES = """
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

factory = async_sessionmaker(create_async_engine("postgresql+asyncpg://"))

class Base(DeclarativeBase):
    pass

class Row(Base):
    __tablename__ = "row"
    id: Mapped[int] = mapped_column(primary_key=True)
    grams: Mapped[int]
"""


def errors(code: str) -> list[tuple[str, str]]:
    """The types that leave the routes of a file, each with how sure that is."""
    found = project({"shop/app.py": APP + code, "shop/tables.py": TABLES}).unhandled
    return sorted((one.error.rpartition(".")[2], str(one.confidence)) for one in found)


def test_what_a_dataclass_refuses_leaves_the_route_that_hands_it_over() -> None:
    code = """
@app.post("/weights")
def weigh(grams: int) -> int:
    return Weight(grams=grams).grams
"""
    assert errors(code) == [("TooLight", "medium")]


def test_what_a_row_holds_was_let_in_before() -> None:
    code = """
@app.get("/weights/{key}")
async def weight(key: int) -> int:
    async with factory() as session:
        row = await session.get(Row, key)
    return Weight(row.grams).grams if row else 0
"""
    assert ("TooLight", "low") in errors(code)


def test_a_function_that_runs_in_a_thread_is_given_what_stands_behind_it() -> None:
    code = """
def day(text: str) -> date:
    return date.fromisoformat(text)

@app.get("/days")
async def days(since: str) -> date:
    return await asyncio.to_thread(day, since)

@app.get("/today")
async def today(since: str) -> date:
    return await asyncio.to_thread(day, "2026-01-01")
"""
    assert errors(code) == [("ValueError", "medium")]


def test_a_statement_that_is_asked_by_its_name_was_made_of_what_the_client_sends() -> None:
    code = """
@app.get("/rows/{grams}")
async def row(grams: int) -> int:
    async with factory() as session:
        chosen = select(Row).where(Row.grams == grams)
        return (await session.scalars(chosen)).one().id
"""
    assert errors(code) == [("NoResultFound", "medium")]


def test_a_frame_of_a_socket_may_be_no_json_and_hold_no_key() -> None:
    code = """
@app.websocket("/ws")
async def live(ws: WebSocket) -> None:
    await ws.accept()
    message = await ws.receive_json()
    await ws.send_text(message["id"])
"""
    assert [error for error, _ in errors(code)] == ["JSONDecodeError", "KeyError"]
