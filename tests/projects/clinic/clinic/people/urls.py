from django.urls import path
from rest_framework.routers import SimpleRouter

from clinic.people import views

router = SimpleRouter()
router.register("practitioners", views.PractitionerViewSet)
router.register("patients", views.PatientViewSet)

urlpatterns = [
    path("cards/", views.PatientCards.as_view()),
    path("contacts/", views.ContactList.as_view()),
    path("patients/<int:patient_id>/touch/", views.touch_patient),
    path("patients/<int:patient_id>/contact/", views.PatientContact.as_view()),
    path("birthdays/", views.search_by_birthday),
]
