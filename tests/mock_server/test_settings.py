"""Start options: what a server refuses to start with, and says how to put right (exit code 2)."""

from pathlib import Path
from typing import Any

import pytest

from mock_server.settings import ServerSettings, SettingsError, is_loopback


def settings(**changes: Any) -> ServerSettings:
    return ServerSettings(**{"database": ":memory:", "data_dir": Path("unused"), **changes})


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    file = tmp_path / "server.pem"
    file.touch()
    return file


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_loopback_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "localhost.example.org", ""])
def test_everything_else_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.sr("SR-NET-01")
def test_another_address_needs_tls(pem: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(host="0.0.0.0")
    assert refused.value.key == "host"
    assert "127.0.0.1" in refused.value.remedy

    assert settings(host="0.0.0.0", tls_cert=pem, tls_key=pem).loopback is False


@pytest.mark.sr("SR-META-03")
def test_cheap_hashing_never_leaves_loopback(pem: Path) -> None:
    assert settings(cheap_hashing=True).argon2 == (8, 1, 1)
    with pytest.raises(SettingsError) as refused:
        settings(host="0.0.0.0", tls_cert=pem, tls_key=pem, cheap_hashing=True)
    assert refused.value.key == "cheap_hashing"


@pytest.mark.sr("SR-CFG-03")
def test_the_demo_never_leaves_loopback(pem: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(host="0.0.0.0", tls_cert=pem, tls_key=pem, demo=True)
    assert refused.value.key == "demo"


@pytest.mark.sr("SR-CFG-04")
@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("port", {"port": 65_536}),
        ("tls", {"tls_cert": Path("c.pem")}),
        ("tls_cert", {"tls_cert": Path("no.pem"), "tls_key": Path("no.pem")}),
        ("scenario", {"scenario": "SC-1999"}),
        ("today", {"today": "yesterday"}),
        ("today", {"today": "2018-10-01", "scenario": "SC-2018"}),
        ("clock_mode", {"clock_mode": "fast"}),
        ("learners", {"demo": True, "learners": 501}),
        ("learners", {"learners": 1}),
        ("code_seed", {"code_seed": "film"}),
        ("workers", {"workers": 0}),
        ("workers", {"workers": 2}),
    ],
)
def test_each_option_is_checked_and_named(key: str, changes: dict[str, Any]) -> None:
    with pytest.raises(SettingsError) as refused:
        settings(**changes)
    assert refused.value.key == key
    assert refused.value.remedy


def test_several_workers_need_postgresql() -> None:
    url = "postgresql+psycopg://localhost/qportal"

    assert settings(workers=2, database=url).uses_sqlite is False


def test_where_the_database_is() -> None:
    assert settings(database="/data/q.sqlite").database_path == Path("/data/q.sqlite")
    assert settings(database="sqlite:////data/q.sqlite").database_path == Path("/data/q.sqlite")
    assert settings().database_path is None
    assert settings(database="postgresql://localhost/q").database_path is None


def test_secrets_do_not_show_in_a_printed_settings_object() -> None:
    shown = repr(settings(demo=True, launch_key="canary-key", code_seed="canary-seed"))

    assert "canary" not in shown
