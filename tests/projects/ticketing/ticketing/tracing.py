import uuid

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"


def install_request_id(app: Flask) -> None:
    @app.before_request
    def read_request_id() -> None:
        g.request_id = request.headers.get(HEADER) or uuid.uuid4().hex

    @app.after_request
    def write_request_id(response: Response) -> Response:
        response.headers[HEADER] = g.request_id
        return response


def outbound_headers() -> dict[str, str]:
    request_id = g.get("request_id")
    return {HEADER: request_id} if request_id else {}
