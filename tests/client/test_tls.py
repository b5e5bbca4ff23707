"""Certificates: verified always, a private authority by its file, no way around (SR-NET-02, SR-NET-03)."""

import asyncio
import ipaddress
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from client.errors import BadServerReply, TlsUntrusted
from client.messages.calls import Health
from client.portal import Portal
from tests.client.scripted import data

ROOT = Path(__file__).parents[2]
Serve = Callable[..., Awaitable[tuple[str, Path]]]


def certificate(folder: Path, *, host: str, days: int = 1) -> tuple[Path, Path]:
    """A self-signed certificate for a host, valid for so many days (negative: until so many days ago)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    end = datetime.now(UTC) + timedelta(days=days)
    try:
        subject: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(end - timedelta(days=30))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([subject]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert_file, key_file


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Serve one prepared answer over TLS; answers address and certificate."""
    servers: list[asyncio.Server] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = data(Health(status="ready")).content
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async def start(*, host: str = "127.0.0.1", days: int = 1) -> tuple[str, Path]:
        cert_file, key_file = certificate(tmp_path, host=host, days=days)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert_file, key_file)
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
        servers.append(server)
        return f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", cert_file

    yield start
    for server in servers:
        server.close()


async def health(address: str, ca_file: Path | None) -> Health:
    portal = Portal(address, ca_file=ca_file)
    try:
        return await portal.health()
    finally:
        await portal.close()


@pytest.mark.sr("SR-NET-03")
async def test_sr_net_03_a_named_authority_is_trusted(serve: Serve) -> None:
    address, authority = await serve()
    assert (await health(address, authority)).status == "ready"


@pytest.mark.sr("SR-NET-03")
@pytest.mark.parametrize(
    ("host", "days", "named", "reason"),
    [
        ("127.0.0.1", 1, False, "self-signed"),
        ("portal.example", 1, True, "IP address mismatch"),
        ("127.0.0.1", -2, True, "expired"),
    ],
)
async def test_sr_net_03_other_certificates_are_refused_with_the_reason(
    serve: Serve, host: str, days: int, named: bool, reason: str
) -> None:
    address, authority = await serve(host=host, days=days)
    with pytest.raises(TlsUntrusted, match=reason):
        await health(address, authority if named else None)


@pytest.mark.sr("SR-NET-03")
async def test_an_authority_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_text("nothing")
    for file in (tmp_path / "authority.pem", tmp_path / "missing.pem"):
        with pytest.raises(TlsUntrusted, match=r"\.pem"):
            await health("https://127.0.0.1:9", file)


@pytest.mark.sr("SR-NET-03")
def test_sr_net_03_nothing_turns_verification_off() -> None:
    forbidden = re.compile(r"verify\s*=\s*False|CERT_NONE|CERT_OPTIONAL|check_hostname\s*=\s*False")
    sources = [path for package in ("client", "tui") for path in (ROOT / package).rglob("*.py")]
    assert sources
    assert [path.name for path in sources if forbidden.search(path.read_text())] == []


def test_a_bad_reply_over_tls_is_no_certificate_problem() -> None:
    assert not issubclass(BadServerReply, TlsUntrusted)
