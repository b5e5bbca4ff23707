"""Request bodies decoded strictly into the type of a handler's `data` (SR-AC-06, SR-IN-03).

Litestar decodes a body without its type and then converts leniently: the number 1 becomes True, a missing
body a KeyError. Given as `request_class`, this decodes the bytes against the declared type in one step;
Litestar passes the finished value through, and the OpenAPI document still shows the type.
"""

from typing import Any

from litestar import Request

from mock_server.json_bodies import decode
from mock_server.refusals import RequestRefused


class StrictRequest(Request[Any, Any, Any]):
    """A request whose `data` is exactly what the contract says; `RequestRefused` otherwise."""

    async def body(self) -> bytes:
        """The bytes; `bad_json` where a handler needs a body and there is none."""
        body = await super().body()
        if not body and self._data_type is not None:
            raise RequestRefused("bad_json")
        return body

    async def json(self) -> Any:
        """The body as the type of the handler's `data`."""
        kind = self._data_type
        return await super().json() if kind is None else decode(await self.body(), kind)

    @property
    def _data_type(self) -> Any:
        handler = self.scope.get("route_handler")
        declared = handler.parsed_data_field if handler is not None else None
        return None if declared is None else declared.annotation
