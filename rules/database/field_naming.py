"""Fields that are named unlike the project's others."""

from collections.abc import Iterator

from auditor.rule import Confidence, Finding, Project, ProjectRule, Severity


class FieldNaming(ProjectRule):
    """
    Who joins two tables has to remember which of them says `created` and which `created_at`; who reads the answer of
    two routes, which is in which style. One style and one name for one idea can be guessed. The style is the one that
    most fields of the project have.
    """

    title = "field named unlike the others"
    severity = Severity.LOW
    confidence = Confidence.MEDIUM
    bad = [
        """
        from sqlmodel import Field, SQLModel

        class Order(SQLModel, table=True):
            id: int | None = Field(default=None, primary_key=True)
            order_number: str
            customer_name: str = ""

        class Parcel(SQLModel, table=True):
            id: int | None = Field(default=None, primary_key=True)
            trackingUrl: str = ""  # <-
        """,
        """
        from django.db import models

        class Order(models.Model):
            created_at = models.DateTimeField()
            paid_on = models.DateTimeField()

        class Invoice(models.Model):
            created_at = models.DateTimeField()
            dueDate = models.DateField()  # <-

        class Parcel(models.Model):
            created = models.DateTimeField()  # <-
        """,
        """
        from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer
        from sqlalchemy.orm import declarative_base

        Base = declarative_base()

        class User(Base):
            __tablename__ = "user"
            id = Column(Integer, primary_key=True)
            is_active = Column(Boolean)
            first_name = Column(Integer)

        class Team(Base):
            __tablename__ = "team"
            id = Column(Integer, primary_key=True)
            is_active = Column(Boolean)
            lead_user_id = Column(ForeignKey("user.id"))

        class Shop(Base):
            __tablename__ = "shop"
            id = Column(Integer, primary_key=True)
            active = Column(Boolean)  # <-
            is_open = Column(Boolean)

        class Kiosk(Base):
            __tablename__ = "kiosk"
            id = Column(Integer, primary_key=True)
            open = Column(Boolean)  # <-
        """,
        """
        from pydantic import BaseModel

        class Order(BaseModel):
            order_number: str
            customer_name: str

        class Parcel(BaseModel):
            parcel_number: str
            trackingUrl: str  # <-
        """,
        """
        from marshmallow import Schema, fields

        class ShowSchema(Schema):
            feedUrl = fields.Str(attribute="feed_url")  # <-
            is_explicit = fields.Bool()
            latest_title = fields.Str()
        """,
    ]
    bad += [
        """
        from sqlalchemy import DateTime, func
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        class Base(DeclarativeBase):
            pass

        class Stamped:
            created_at = mapped_column(DateTime, server_default=func.now())

        class Show(Stamped, Base):
            __tablename__ = "shows"
            id: Mapped[int] = mapped_column(primary_key=True)

        class Episode(Stamped, Base):
            __tablename__ = "episodes"
            id: Mapped[int] = mapped_column(primary_key=True)

        class Download(Base):
            __tablename__ = "downloads"
            id: Mapped[int] = mapped_column(primary_key=True)
            created = mapped_column(DateTime, server_default=func.now())  # <-
        """,
    ]
    good = [
        """
        from django.db import models

        class Order(models.Model):
            created_at = models.DateTimeField()
            dueDate = models.DateField(db_column="due_date")

        class Invoice(models.Model):
            created_at = models.DateTimeField()
            number = models.TextField()
            created_by = models.TextField()

        class Lesson(models.Model):
            starts_at = models.DateTimeField()

        class Run(models.Model):
            started_at = models.DateTimeField()
        """,
        """
        from django.db import models

        class Order(models.Model):
            updated_at = models.DateTimeField()

        class Parcel(models.Model):
            updated_at = models.DateTimeField()

        class AddressChange(models.Model):
            changed_at = models.DateTimeField()
        """,
        """
        from pydantic import BaseModel, Field

        class Order(BaseModel):
            order_number: str
            customer_name: str
            oldName: str = Field(alias="old_name")

        class Parcel:
            trackingUrl = None
        """,
        """
        from marshmallow import Schema, fields

        class PersonSchema(Schema):
            first_name = fields.Str()
            last_name = fields.Str()
            street_name = fields.Str()

        class CitationSchema(Schema):
            givenName = fields.Str(attribute="person.first_name")
            nameIdentifiers = fields.Method("identifiers_of")
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.naming.misnamed():
            if one.kind == "style":
                text = f"{one.owner}.{one.name} is not in {one.majority} as {one.share_pct:.0f} % of the project's fields are"
            else:
                others = "1 other has" if one.others == 1 else f"{one.others} others have"
                text = f"{one.owner} has `{one.name}` for {one.idea} where {others} `{one.majority}`"
            yield self.finding(
                one.location,
                text,
                confidence=None if one.sure else Confidence.LOW,
                facts={"kind": one.kind, "majority": one.majority, "share_pct": f"{one.share_pct:.1f}"},
            )
