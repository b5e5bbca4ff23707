"""`GET /api/health`: whether the server can be used; 503 while it cannot (RF-04)."""

from typing import Protocol

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from client.messages.calls import Envelope, Health
from mock_server.logs import request_id
from mock_server.refusals import RequestRefused


class HealthSource(Protocol):
    """Who knows how the server is."""

    def health(self) -> Health:
        """The present state; must not wait for anything."""
        ...


def health_route(source: HealthSource) -> HTTPRouteHandler:
    """The route handler, to be given to `Litestar(route_handlers=[...])`."""

    @get("/api/health", summary="Whether the server is ready", sync_to_thread=False)
    def read_health() -> Response[Envelope[Health]]:
        health = source.health()
        if health.status == "ready":
            return Response(Envelope[Health](data=health))
        refusal = RequestRefused(health.status)
        answer = Envelope[Health](data=health, error=refusal.error(request_id()))
        return Response(answer, status_code=refusal.status, headers=refusal.headers)

    return read_health
