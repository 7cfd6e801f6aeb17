from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.decorators import action, api_view, throttle_classes
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from clinic.pagination import StandardPagination
from clinic.people import services
from clinic.people.models import Patient, Practitioner
from clinic.people.serializers import (
    ContactSerializer,
    PatientCardSerializer,
    PatientSerializer,
    PractitionerSerializer,
)
from clinic.throttles import PracticeThrottle


class PractitionerViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Practitioner.objects.order_by("name")
    serializer_class = PractitionerSerializer
    pagination_class = StandardPagination
    throttle_classes = [UserRateThrottle]

    @action(detail=False)
    def load(self, request: Request) -> Response:
        return Response(services.load_by_practitioner())

    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, pk: str | None = None) -> Response:
        ids = [int(value) for value in request.data["patients"]]
        return Response({"moved": services.transfer(ids, self.get_object())})

    @action(detail=True, methods=["post"], url_path="adopt-all")
    def adopt_all(self, request: Request, pk: str | None = None) -> Response:
        try:
            ids = [int(value) for value in request.data["patients"]]
        except (KeyError, TypeError, ValueError):
            return Response({"detail": "patients is a list of numbers"}, status=400)
        return Response({"moved": services.transfer_at_once(ids, self.get_object())})


class PatientViewSet(viewsets.ModelViewSet):
    queryset = Patient.objects.all()
    serializer_class = PatientSerializer

    def perform_destroy(self, instance: Patient) -> None:
        services.erase_patient(instance)

    @action(detail=True, methods=["delete"])
    def tokens(self, request: Request, pk: str | None = None) -> Response:
        return Response({"revoked": services.revoke_tokens(self.get_object())})

    @action(detail=True)
    def results(self, request: Request, pk: str | None = None) -> Response:
        return Response(services.fetch_results(self.get_object()))

    @action(detail=True, url_path="archived-results", throttle_classes=[PracticeThrottle])
    def archived_results(self, request: Request, pk: str | None = None) -> Response:
        return Response(services.fetch_results_loudly(self.get_object()))


class PatientCards(ListAPIView):
    queryset = Patient.objects.select_related("practitioner").order_by("last_name")
    serializer_class = PatientCardSerializer
    pagination_class = StandardPagination


class ContactList(ListAPIView):
    serializer_class = ContactSerializer
    throttle_classes = [PracticeThrottle]

    def get_queryset(self):
        return Patient.objects.order_by("last_name")[:200]


@api_view(["POST"])
def touch_patient(request: Request, patient_id: int) -> Response:
    patient = get_object_or_404(Patient, pk=patient_id)
    return Response({"touched": services.touch(patient)})


@api_view(["GET"])
@throttle_classes([UserRateThrottle])
def search_by_birthday(request: Request) -> Response:
    birthday = services.parse_birthday(request.query_params.get("on", ""))
    found = Patient.objects.filter(birthDate=birthday)[:50] if birthday else []
    return Response([patient.pk for patient in found])


class PatientContact(APIView):
    def get(self, request: Request, patient_id: int) -> Response:
        patient = Patient.objects.get(pk=patient_id)
        return Response({"email": patient.email})

    def put(self, request: Request, patient_id: int) -> Response:
        try:
            patient = Patient.objects.get(pk=patient_id)
        except Patient.DoesNotExist:
            return Response({"detail": "unknown patient"}, status=404)
        patient.email = request.data.get("email", patient.email)
        patient.save(update_fields=["email"])
        return Response({"email": patient.email})
