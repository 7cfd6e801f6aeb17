from django.urls import path
from rest_framework.routers import DefaultRouter

from clinic.appointments import views

router = DefaultRouter()
router.include_root_view = False
router.include_format_suffixes = False
router.register("appointments", views.AppointmentViewSet, basename="appointment")
router.register("diary", views.DiaryViewSet, basename="diary")

urlpatterns = [
    path("agenda/", views.Agenda.as_view()),
    path("agenda/totals/", views.AgendaTotals.as_view()),
    path("letters/", views.Letters.as_view()),
    path("announcements/<int:pk>/", views.Announcement.as_view()),
    path("sms-credits/", views.SmsCredits.as_view()),
]
