from typing import Any

from django.core.management.base import BaseCommand

from clinic.appointments.models import Appointment
from clinic.integrations.sms import gateway


class Command(BaseCommand):
    help = "Sends a text message for every appointment that nobody was reminded of."

    def handle(self, *args: Any, **options: Any) -> None:
        for appointment in Appointment.objects.filter(reminded=False):
            gateway.send(appointment.phone, "See you soon.")
            appointment.reminded = True
            appointment.save(update_fields=["reminded"])
