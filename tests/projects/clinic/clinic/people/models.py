from django.db import models


class Practitioner(models.Model):
    name = models.CharField(max_length=120)
    specialty = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Patient(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="patients")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)
    birthDate = models.DateField(null=True, blank=True)
    insuranceNumber = models.CharField(max_length=40, blank=True, db_column="insurance_number")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=80, blank=True)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def open_invoices(self) -> int:
        return self.invoices.filter(settled=False).count()

    def __str__(self) -> str:
        return self.full_name


class PortalToken(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
