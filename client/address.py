"""Which servers the client talks to: https anywhere, plain http on this computer only (SR-NET-04)."""

import ipaddress
from urllib.parse import urlsplit

from client.errors import UnsafeAddress


def checked_address(base_url: str) -> str:
    """`scheme://host[:port]` of a portal. `UnsafeAddress` for anything else (SR-NET-04)."""
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UnsafeAddress("The server address cannot be read.") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise UnsafeAddress("The server address must look like https://host or http://127.0.0.1:8000.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise UnsafeAddress("The server address must end after the host and port.")
    if parts.scheme == "http" and not is_loopback(host):
        raise UnsafeAddress("Plain http is used for servers on this computer only.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def is_loopback(host: str) -> bool:
    """Whether a host name is this computer: 127.0.0.0/8, ::1 or `localhost`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
