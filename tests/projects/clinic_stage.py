"""The clinic application on SQLite files: Django, Django REST framework, Celery."""

import inspect
import json
import logging
import os
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.projects.labels import FOLDER, Scenario
from tests.projects.stage import Route, Stage

ROOT = FOLDER / "clinic"
SOON = datetime(2100, 1, 1, 8, tzinfo=UTC)
VERBS = ("get", "post", "put", "patch", "delete")


def _start() -> Path:
    """Sets Django up with the application's settings, but for the databases; a file with all tables in it."""
    import clinic.settings as written

    chosen = types.ModuleType("clinic_on_stage")
    chosen.__dict__.update({name: value for name, value in vars(written).items() if name.isupper()})
    template = Path(tempfile.mkdtemp()) / "template.db"
    chosen.__dict__["DATABASES"] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(template)}}
    chosen.__dict__["CELERY_BROKER_URL"] = "memory://"
    sys.modules["clinic_on_stage"] = chosen
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic_on_stage"
    django.setup()
    call_command("migrate", verbosity=0)
    connections.close_all()
    return template


TEMPLATE = _start()


class Clinic(Stage):
    """One database file for each scenario; Django itself is set up once."""

    root = ROOT

    def seed(self) -> None:
        from clinic import celery_app
        from django.contrib.auth.models import User

        self._use(TEMPLATE)
        celery_app.set_default()
        cache.clear()
        logging.getLogger("clinic").propagate = True
        with transaction.atomic():
            User.objects.create(username="head", is_staff=True, is_superuser=True)
            self._fill()

    def _fill(self) -> None:
        from clinic.appointments.models import Appointment, Note
        from clinic.billing.models import Invoice, InvoiceLine, Payment
        from clinic.people.models import Patient, PortalToken, Practitioner

        for number in range(1, self.rows + 1):
            doctor = Practitioner.objects.create(name=f"Doctor {number}")
            patient = Patient.objects.create(
                practitioner=doctor, first_name="Pat", last_name=f"Number {number}", email=f"pat{number}@post.example"
            )
            PortalToken.objects.create(patient=patient, digest=f"{number:064}", expires_at=datetime(2020, 1, 1, tzinfo=UTC))
            appointment = Appointment.objects.create(
                patient=patient, practitioner=doctor, starts_at=SOON + timedelta(hours=number), phone="0123"
            )
            Note.objects.create(appointment=appointment, text="bring papers")
            invoice = Invoice.objects.create(patient=patient, number=f"R{number:04}", amount="10.00")
            InvoiceLine.objects.create(invoice=invoice, text="visit", amount="10.00")
            Payment.objects.create(invoice=invoice, amount="4.00")

    def _use(self, template: Path) -> None:
        connection.close()
        shutil.copy(template, self.folder / "clinic.db")
        connection.settings_dict["NAME"] = str(self.folder / "clinic.db")

    @contextmanager
    def faulty(self, scenario: Scenario) -> Iterator[None]:
        down = scenario.fault.down == "database"

        def query(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
            self.seen.queries.append((sql, self.seen.stack()))
            if down and sql.startswith("UPDATE"):
                raise OperationalError("made to fail")
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(query):
            yield

    def request(self, method: str, path: str, scenario: Scenario, propagate: bool) -> None:
        from django.contrib.auth.models import User

        client = Client(raise_request_exception=propagate, headers=scenario.headers)
        if path.startswith("/admin"):
            client.force_login(User.objects.get())
        body = {"data": scenario.body, "content_type": "application/json"} if scenario.body is not None else {}
        response = client.generic(method, path, **_encoded(body))
        self.seen.status, self.seen.headers = response.status_code, dict(response.headers)
        self.seen.text = response.content.decode()
        self.seen.answer = response.json() if "json" in response.headers.get("Content-Type", "") else None

    def task(self, name: str, arguments: tuple[Any, ...]) -> None:
        from clinic.celery import app

        app.loader.import_default_modules()
        app.tasks[name].apply(args=arguments, throw=True)

    def command(self, name: str, arguments: tuple[str, ...]) -> None:
        call_command(name, *arguments)

    def routes(self) -> list[Route]:
        return sorted(route for route in _walk(get_resolver().url_patterns, "/") if not route.path.startswith("/admin"))

    def count(self, table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            return int(cursor.fetchone()[0])

    def prepare(self, statements: tuple[str, ...]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def connect_arguments(self, name: str) -> list[dict[str, Any]]:
        import clinic.settings as written

        return [written.DATABASES[name]["OPTIONS"]]

    def pools(self, name: str) -> list[object]:
        import clinic.settings as written

        chosen = written.DATABASES[name]
        return ["persistent" if chosen.get("CONN_MAX_AGE") or "pool" in chosen["OPTIONS"] else "one for each request"]

    def migrated(self, name: str) -> tuple[str, str]:
        app, _, number = name.partition(" ")
        connection.close()
        connection.settings_dict["NAME"] = str(self.folder / "migrated.db")
        earlier = f"{int(number) - 1:04}"
        call_command("migrate", app, earlier, verbosity=0)
        before = _schema()
        call_command("migrate", app, number, verbosity=0)
        call_command("migrate", app, earlier, verbosity=0)
        return before, _schema()

    def answer(self, host: str, path: str) -> Any:
        return {"id": "m1", "credits": 7, "claim": "c1", "share": "0.8", "results": [{"value": 1}], "basic": "1"}


def _encoded(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "data": json.dumps(body["data"])} if body else {}


def _schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        return repr(cursor.fetchall())


def _walk(patterns: list[Any], before: str) -> Iterator[Route]:
    for pattern in patterns:
        text = before + str(pattern.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, text)
        elif isinstance(pattern, URLPattern):
            path = text.replace("(?P<pk>[^/.]+)", "<pk>").replace("int:", "")
            for method, code in _handlers(pattern.callback):
                file = Path(inspect.getfile(code)).as_posix().removeprefix(f"{ROOT}/")
                yield Route(method, path, file, inspect.getsourcelines(code)[1])


def _handlers(view: Any) -> Iterator[tuple[str, Any]]:
    """The verbs of a view, each with the function that answers, or the class where it comes from the framework."""
    owner = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if owner is None:
        yield "GET", inspect.unwrap(view)
        return
    actions = getattr(view, "actions", None) or {verb: verb for verb in VERBS if hasattr(owner, verb)}
    for verb, action in actions.items():
        if verb not in VERBS:
            continue
        method = getattr(owner, action)
        inner = [cell.cell_contents for cell in method.__closure__ or () if inspect.isfunction(cell.cell_contents)]
        code = inner[0] if method.__name__ == "handler" and inner else method
        yield verb.upper(), code if code.__code__.co_filename.startswith(str(ROOT)) else owner


STAGE = Clinic
