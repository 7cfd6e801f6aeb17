import csv

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from clinic.billing import services
from clinic.billing.models import Invoice
from clinic.billing.serializers import InvoiceDetailSerializer, InvoiceSerializer
from clinic.errors import ClinicError
from clinic.pagination import StandardPagination
from clinic.people.models import Patient


class InvoiceList(generics.ListAPIView):
    queryset = Invoice.objects.filter(deleted_at__isnull=True).order_by("number")
    serializer_class = InvoiceSerializer
    pagination_class = StandardPagination


class InvoiceOverview(generics.ListAPIView):
    queryset = Invoice.objects.filter(deleted_at__isnull=True).prefetch_related("lines").order_by("number")
    serializer_class = InvoiceDetailSerializer
    pagination_class = StandardPagination
    throttle_classes = [UserRateThrottle]


class InvoiceArchive(generics.ListAPIView):
    serializer_class = InvoiceDetailSerializer

    def get_queryset(self):
        return Invoice.objects.filter(deleted_at__isnull=True).order_by("-number")


class InvoiceDetail(generics.RetrieveDestroyAPIView):
    queryset = Invoice.objects.filter(deleted_at__isnull=True)
    serializer_class = InvoiceDetailSerializer

    def perform_destroy(self, instance: Invoice) -> None:
        services.discard(instance)


class Settlement(APIView):
    throttle_classes = [UserRateThrottle]

    def post(self, request: Request, pk: int) -> Response:
        return Response({"claim": services.settle(get_object_or_404(Invoice, pk=pk))})

    def get(self, request: Request, pk: int) -> Response:
        return Response({"share": services.covered(get_object_or_404(Invoice, pk=pk))})

    def delete(self, request: Request, pk: int) -> Response:
        services.withdraw(request.query_params.get("claim", ""))
        return Response(status=204)


class Payments(APIView):
    def delete(self, request: Request, pk: int) -> Response:
        services.void_payments(get_object_or_404(Invoice, pk=pk))
        return Response(status=204)

    def post(self, request: Request, pk: int) -> Response:
        services.reconcile(get_object_or_404(Invoice, pk=pk))
        return Response(status=204)


class PaymentImport(APIView):
    def post(self, request: Request) -> Response:
        return Response({"imported": services.import_payments(request.data["rows"])})

    def put(self, request: Request) -> Response:
        rows = request.data.get("rows")
        if not isinstance(rows, list) or not all(isinstance(row, dict) and {"invoice", "amount"} <= row.keys() for row in rows):
            return Response({"rows": "is a list of payments"}, status=400)
        return Response({"imported": services.import_payments_at_once(rows)})


class Registration(APIView):
    def post(self, request: Request) -> Response:
        patient = get_object_or_404(Patient, pk=1)
        invoice = services.register(patient.pk, str(request.data.get("number", "")), str(request.data.get("amount", "0")))
        return Response({"id": invoice.pk}, status=201)

    def put(self, request: Request) -> Response:
        patient = get_object_or_404(Patient, pk=1)
        invoice = services.register_once(patient.pk, str(request.data.get("number", "")), str(request.data.get("amount", "0")))
        return Response({"id": invoice.pk}, status=201)


class OpenInvoices(APIView):
    def get(self, request: Request) -> Response:
        return Response([invoice.pk for invoice in services.open_invoices()])


class KeptInvoices(APIView):
    def get(self, request: Request) -> Response:
        return Response([invoice.pk for invoice in services.kept_invoices()])


class Tariffs(APIView):
    def get(self, request: Request) -> Response:
        return Response(services.tariff_names())


def export_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for invoice in Invoice.objects.filter(deleted_at__isnull=True):
        writer.writerow([invoice.number, invoice.patient.full_name, invoice.amount])
    return response


def quote(request: HttpRequest) -> JsonResponse:
    amount = services.amount_of(request.GET.get("amount", "0"))
    return JsonResponse({"total": str(amount * 2)})


def quote_safely(request: HttpRequest) -> JsonResponse:
    try:
        amount = services.amount_of(request.GET.get("amount", "0"))
    except ClinicError as error:
        return JsonResponse({"error": str(error)}, status=error.status_code)
    return JsonResponse({"total": str(amount * 2)})
