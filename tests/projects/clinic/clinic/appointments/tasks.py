import requests
from celery import shared_task

from clinic.appointments.models import Appointment
from clinic.integrations.sms import gateway


@shared_task
def announce(appointment_id: int) -> None:
    appointment = Appointment.all_objects.get(pk=appointment_id)
    gateway.send(appointment.phone, "Your appointment was cancelled.")


@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=2, max_retries=4)
def remind(appointment_id: int) -> None:
    appointment = Appointment.objects.filter(pk=appointment_id).first()
    if appointment is not None:
        gateway.send(appointment.phone, "See you soon.")


@shared_task
def flag_missed() -> int:
    missed = Appointment.objects.filter(state="booked")[:500]
    for appointment in missed:
        appointment.state = "missed"
    return Appointment.objects.bulk_update(missed, ["state"])
