from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from clinic.people.models import PortalToken


class Command(BaseCommand):
    help = "Deletes tokens of the portal that have expired."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, _ = PortalToken.objects.filter(expires_at__lt=timezone.now()).delete()
        self.stdout.write(f"{deleted} deleted")
