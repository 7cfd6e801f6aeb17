from django.contrib import admin
from django.urls import include, path

from clinic.appointments.urls import router as appointments_router
from clinic.people import pages
from clinic.people.urls import router as people_router

v1 = [
    path("", include(people_router.urls)),
    path("", include(appointments_router.urls)),
    path("", include("clinic.appointments.urls")),
    path("billing/", include("clinic.billing.urls")),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include(v1)),
    path("portal/", include("clinic.people.urls")),
    path("board/", pages.WaitingBoard.as_view()),
]
