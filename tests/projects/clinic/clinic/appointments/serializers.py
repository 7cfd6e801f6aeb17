from rest_framework import serializers

from clinic.appointments.models import Appointment, Note


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["id", "text"]


class AppointmentSerializer(serializers.ModelSerializer):
    patient_name = serializers.SerializerMethodField()
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Appointment
        fields = ["id", "patient", "practitioner", "patient_name", "starts_at", "minutes", "state", "notes"]

    def get_patient_name(self, appointment: Appointment) -> str:
        return appointment.patient.full_name


class DiarySerializer(serializers.ModelSerializer):
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Appointment
        fields = ["id", "starts_at", "notes"]


class AvailabilityQuery(serializers.Serializer):
    on = serializers.DateField()
    minutes = serializers.IntegerField(default=20, min_value=5)
