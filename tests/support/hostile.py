"""A portal whose every text is hostile: escape sequences, control and bidi characters, markup (SR-TERM-04).

`poisoned` adds a payload to each text that is meant for people, and leaves names, ids and dates alone, so
that the walk still works. `HostileProxy` does it to the answers of a real server.
"""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar

PAYLOAD = (
    "\x1b]0;PWNED\x07\x1b[2J\x1b[H\x9b31m\x1bP1$r\x1b\\\x1b_x\x1b\\\x1b]52;c;cm0=\x07"
    "\x1b]8;;http://h/\x1b\\t\x1b]8;;\x1b\\\u202egnp\u200b\r\x08[@click=app.quit]x[/] [bold"
)
"""The inputs of table 7.8 in one string, and markup that acts."""
FOR_PEOPLE = frozenset(
    {"title", "trail", "help", "intro", "label", "hint", "explain", "reason", "text", "yes", "no", "short"}
    | {"cells", "display", "role_labels", "notice", "message", "subject", "body", "name", "roles", "devices"}
    | {"purpose", "heading", "note", "span", "caption", "notes", "mark", "sentences", "formula", "progress"}
)
"""Keys whose texts are shown and decide nothing."""
KINDS_OF_TEXT = frozenset({"text", "identifier", "measure", "not_applicable"})
"""Types of report cells that hold text."""


def poisoned(data: Any, form: str = f"{{}} {PAYLOAD}", key: str = "") -> Any:
    """`data` (decoded JSON) with every text for people put into `form`."""
    match data:
        case dict():
            in_cell = data.get("type") in KINDS_OF_TEXT and key == "cells"
            return {
                name: poisoned(value, form, "text" if in_cell and name == "value" else name)
                for name, value in data.items()
            }
        case list():
            return [poisoned(value, form, key) for value in data]
        case str() if data and key in FOR_PEOPLE:
            return form.replace("{}", data)
        case _:
            return data


class HostileProxy:
    """Stands before a server of this machine and poisons the texts of its JSON answers."""

    def __init__(self, upstream: int, form: str = f"{{}} {PAYLOAD}") -> None:
        handler = type("Handler", (_Handler,), {"upstream": upstream, "form": form})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def address(self) -> str:
        """Base URL."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "HostileProxy":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection of the program."""

    protocol_version = "HTTP/1.1"
    upstream: ClassVar[int]
    form: ClassVar[str]

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        server = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        server.request(self.command, self.path, body or None, headers)
        answer = server.getresponse()
        content = answer.read()
        if (answer.getheader("Content-Type") or "").startswith("application/json"):
            content = json.dumps(poisoned(json.loads(content), self.form)).encode()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        server.close()

    do_GET = _pass  # noqa: N815 - the names that http.server calls
    do_POST = _pass  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""
