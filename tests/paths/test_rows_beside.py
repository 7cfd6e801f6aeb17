"""What rows say of somebody's order is decided by whoever names the order, though a session is what is asked."""

from tests.paths.shop import told

CODE = """
from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
import aiofiles

app = FastAPI()

class Base(DeclarativeBase):
    pass

class Line(Base):
    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int]
    amount: Mapped[int]

class NoPrice(Exception):
    pass

def opened() -> Session:
    return Session()

def newest(session, key):
    return session.get(Line, key)

def price(session, key):
    line = newest(session, key)
    total = session.scalar(select(func.sum(Line.amount)).where(Line.order_id == line.order_id))
    if total is None:
        raise NoPrice(key)
    return total

@app.get("/prices/{key}")
def of(key: int, session: Session = Depends(opened)):
    return price(session, key)

@app.get("/prices")
def of_seven(session: Session = Depends(opened)):
    return price(session, 7)

@app.get("/sheets/{name}")
async def sheet(name: str):
    async with aiofiles.open(name) as file:
        return await file.read()

@app.get("/sheets")
async def first_sheet():
    async with aiofiles.open("first.csv") as file:
        return await file.read()
"""


def test_the_key_decides_and_not_the_session() -> None:
    assert set(told({"shop/app.py": CODE})) == {"of", "sheet"}
