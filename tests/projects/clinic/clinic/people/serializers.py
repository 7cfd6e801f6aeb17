from rest_framework import serializers

from clinic.people.models import Patient, Practitioner


class PractitionerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Practitioner
        fields = ["id", "name", "specialty"]


class PatientSerializer(serializers.ModelSerializer):
    practitioner_name = serializers.SerializerMethodField()

    class Meta:
        model = Patient
        fields = ["id", "first_name", "last_name", "email", "practitioner", "practitioner_name"]

    def get_practitioner_name(self, patient: Patient) -> str:
        return patient.practitioner.name


class PatientCardSerializer(serializers.ModelSerializer):
    doctor = serializers.SerializerMethodField()

    class Meta:
        model = Patient
        fields = ["id", "full_name", "doctor"]

    def get_doctor(self, patient: Patient) -> str:
        return patient.practitioner.name


class ContactSerializer(serializers.ModelSerializer):
    doctor = serializers.CharField(source="practitioner.name", read_only=True)

    class Meta:
        model = Patient
        fields = ["id", "email", "doctor"]
