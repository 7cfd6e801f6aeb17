import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

from django.db.models import Sum
from kombu.exceptions import OperationalError

from clinic.appointments.models import Appointment
from clinic.appointments.tasks import announce, remind
from clinic.errors import SlotTaken
from clinic.integrations import calendars
from clinic.integrations.sms import SmsGateway, gateway
from clinic.people.models import Practitioner

logger = logging.getLogger(__name__)
executor = ThreadPoolExecutor(max_workers=2)


class Booking:
    def __init__(self, sms: SmsGateway = gateway) -> None:
        self.sms = sms

    def confirm(self, appointment: Appointment) -> str:
        reference = self.sms.send(appointment.phone, "Your appointment is confirmed.")
        appointment.state = "confirmed"
        appointment.save(update_fields=["state"])
        return reference

    def cancel(self, appointment: Appointment) -> None:
        appointment.soft_delete()
        announce.delay(appointment.pk)

    def postpone(self, appointment: Appointment, starts_at: datetime) -> None:
        clash = Appointment.objects.filter(practitioner=appointment.practitioner, starts_at=starts_at)
        if clash.exists():
            raise SlotTaken("That slot is taken.")
        appointment.starts_at = starts_at
        appointment.save(update_fields=["starts_at"])
        try:
            remind.delay(appointment.pk)
        except OperationalError as error:
            logger.warning("no reminder for %s", appointment.pk, exc_info=error)

    def publish(self, appointment: Appointment) -> bool:
        entry = {"id": appointment.pk, "at": appointment.starts_at.isoformat()}
        return calendars.publish(entry)


def busy_minutes(practitioner: Practitioner, day: date) -> int:
    taken = Appointment.objects.filter(practitioner=practitioner, starts_at__date=day)
    return taken.aggregate(total=Sum("minutes"))["total"] or 0


def agenda(day: date) -> dict[str, int]:
    return {one.name: busy_minutes(one, day) for one in Practitioner.objects.filter(is_active=True)[:100]}


def agenda_at_once(day: date) -> dict[str, int]:
    rows = (
        Appointment.objects.filter(starts_at__date=day)
        .values("practitioner__name")
        .annotate(total=Sum("minutes"))
        .order_by("practitioner__name")
    )
    return {row["practitioner__name"]: row["total"] for row in rows}


def letters(state: str) -> list[str]:
    lines = []
    for appointment in Appointment.objects.filter(state=state).select_related("patient")[:200]:
        lines.append(f"{appointment.patient.full_name}: {appointment.practitioner.name}")
    return lines


def sms_credits() -> int:
    return gateway.balance()


def announce_later(appointment: Appointment) -> None:
    executor.submit(gateway.send, appointment.phone, "Your appointment has moved.")


def announce_now(appointment: Appointment) -> str:
    waiting = executor.submit(gateway.send, appointment.phone, "Your appointment has moved.")
    return waiting.result(timeout=10)
