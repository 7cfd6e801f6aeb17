from django.views.generic import TemplateView

from clinic.people.models import Patient


class WaitingBoard(TemplateView):
    template_name = "board.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        context["patients"] = Patient.objects.order_by("last_name")[:40]
        return context
