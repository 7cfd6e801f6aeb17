from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class PracticeThrottle(SimpleRateThrottle):
    scope = "practice"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        practice = request.headers.get("X-Practice", self.get_ident(request))
        return self.cache_format % {"scope": self.scope, "ident": practice}
