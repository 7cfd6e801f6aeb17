from django.db import models
from django.utils import timezone

from clinic.people.models import Patient, Practitioner


class ActiveManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(deleted_at__isnull=True)


class Appointment(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="appointments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=20)
    state = models.CharField(max_length=20, default="booked")
    phone = models.CharField(max_length=30, blank=True)
    reminded = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=80, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ActiveManager()
    all_objects = models.Manager()

    def soft_delete(self) -> None:
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])


class Note(models.Model):
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)
