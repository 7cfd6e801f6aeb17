from django.urls import path

from clinic.billing import views

urlpatterns = [
    path("invoices/", views.InvoiceList.as_view()),
    path("invoices/overview/", views.InvoiceOverview.as_view()),
    path("invoices/archive/", views.InvoiceArchive.as_view()),
    path("invoices/open/", views.OpenInvoices.as_view()),
    path("invoices/kept/", views.KeptInvoices.as_view()),
    path("invoices/register/", views.Registration.as_view()),
    path("invoices/export.csv", views.export_csv),
    path("invoices/<int:pk>/", views.InvoiceDetail.as_view()),
    path("invoices/<int:pk>/settlement/", views.Settlement.as_view()),
    path("invoices/<int:pk>/payments/", views.Payments.as_view()),
    path("payments/import/", views.PaymentImport.as_view()),
    path("tariffs/", views.Tariffs.as_view()),
    path("quote/", views.quote),
    path("quote/safe/", views.quote_safely),
]
