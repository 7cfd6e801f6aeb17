from django.contrib import admin

from clinic.people.models import Patient


@admin.register(Patient)
class PatientAdmin(admin.ModelAdmin):
    list_display = ["last_name", "doctor", "open_invoice_count"]
    list_select_related = ["practitioner"]

    def doctor(self, patient: Patient) -> str:
        return patient.practitioner.name

    def open_invoice_count(self, patient: Patient) -> int:
        return patient.invoices.count()
