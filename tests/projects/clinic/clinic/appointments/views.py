from datetime import date, datetime

from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from clinic.appointments import services
from clinic.appointments.models import Appointment
from clinic.appointments.serializers import AppointmentSerializer, AvailabilityQuery, DiarySerializer
from clinic.appointments.services import Booking
from clinic.pagination import StandardPagination


class AppointmentViewSet(viewsets.ModelViewSet):
    queryset = Appointment.objects.select_related("patient").prefetch_related("notes").order_by("starts_at")
    serializer_class = AppointmentSerializer
    pagination_class = StandardPagination
    throttle_classes = [UserRateThrottle]
    booking = Booking()

    def perform_destroy(self, instance: Appointment) -> None:
        instance.soft_delete()

    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str | None = None) -> Response:
        return Response({"reference": self.booking.confirm(self.get_object())})

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        self.booking.cancel(self.get_object())
        return Response(status=204)

    @action(detail=True, methods=["post"])
    def postpone(self, request: Request, pk: str | None = None) -> Response:
        try:
            starts_at = datetime.fromisoformat(request.data.get("starts_at", ""))
        except (TypeError, ValueError):
            return Response({"starts_at": "is no date"}, status=400)
        self.booking.postpone(self.get_object(), starts_at)
        return Response({"starts_at": starts_at})

    @action(detail=True, methods=["post"], throttle_classes=[])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        return Response({"published": self.booking.publish(self.get_object())})


class DiaryViewSet(viewsets.GenericViewSet):
    queryset = Appointment.objects.order_by("starts_at")
    serializer_class = DiarySerializer
    pagination_class = StandardPagination

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class Agenda(APIView):
    def get(self, request: Request) -> Response:
        day = date.fromisoformat(request.query_params["on"])
        return Response(services.agenda(day))


class AgendaTotals(APIView):
    throttle_classes = [UserRateThrottle]

    def get(self, request: Request) -> Response:
        query = AvailabilityQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(services.agenda_at_once(query.validated_data["on"]))


class Letters(APIView):
    def get(self, request: Request) -> Response:
        return Response(services.letters(request.query_params.get("state", "booked")))


class Announcement(APIView):
    def post(self, request: Request, pk: int) -> Response:
        services.announce_later(Appointment.objects.get(pk=pk))
        return Response(status=202)

    def put(self, request: Request, pk: int) -> Response:
        appointment = Appointment.objects.filter(pk=pk).first()
        if appointment is None:
            return Response(status=404)
        return Response({"reference": services.announce_now(appointment)})


class SmsCredits(APIView):
    def get(self, request: Request) -> Response:
        return Response({"credits": services.sms_credits()})
