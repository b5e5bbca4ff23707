"""The table of security figures: defaults, ranges, overrides (SR-CFG-04, SR-META-02)."""

from dataclasses import fields

import pytest

from mock_server.figures import Figures, SettingsError

DEFAULTS = {
    "auth.password_min": 12,
    "auth.password_max": 128,
    "auth.password_max_age_days": 60,
    "auth.password_history": 6,
    "auth.inactive_disable_days": 60,
    "auth.ip_failures": 200,
    "auth.ip_window_s": 600,
    "auth.hash_queue": 256,
    "auth.hash_wait_s": 20,
    "mfa.code_digits": 6,
    "mfa.code_ttl_s": 600,
    "mfa.code_tries": 5,
    "mfa.resend_min_s": 30,
    "mfa.sends_per_attempt": 5,
    "mfa.sends_per_hour": 10,
    "mfa.tx_ttl_s": 900,
    "mfa.totp_back": 1,
    "mfa.totp_ahead": 1,
    "mfa.otsc_digits": 8,
    "mfa.otsc_ttl_s": 1800,
    "mfa.otsc_tries": 3,
    "session.idle_s": 900,
    "session.absolute_s": 43_200,
    "session.idle_warn_s": 120,
    "session.absolute_warn_s": 300,
    "session.touch_s": 15,
    "session.max_per_account": 5,
    "http.json_max": 1_048_576,
    "http.header_max": 16_384,
    "http.url_max": 2048,
    "http.max_connections": 512,
    "http.max_inflight": 256,
    "db.busy_timeout_ms": 5000,
    "db.job_lease_s": 60,
    "db.job_tries": 3,
    "portal.picker_page": 1000,
    "portal.search_max": 64,
    "portal.run_timeout_s": 120,
}
"""Column `portal` of table 2.15, and X-22 to X-24, as far as the first walk uses them."""

RANGES = {
    f"{group.name}.{item.name}": (item.metadata["low"], item.metadata["high"])
    for group in fields(Figures)
    for item in fields(getattr(Figures(), group.name))
    if "low" in item.metadata
}


def value_of(figures: Figures, key: str) -> object:
    group, _, name = key.partition(".")
    return getattr(getattr(figures, group), name)


@pytest.mark.parametrize(("key", "expected"), DEFAULTS.items())
def test_the_defaults_are_those_of_table_2_15(key: str, expected: int) -> None:
    assert value_of(Figures(), key) == expected


@pytest.mark.sr("SR-META-02")
@pytest.mark.parametrize("key", RANGES)
def test_every_figure_can_be_replaced_by_its_dotted_key(key: str) -> None:
    low, high = RANGES[key]
    other = high if key == "auth.password_max" else low

    changed = Figures().with_values({key: other})

    assert value_of(changed, key) == other


@pytest.mark.sr("SR-CFG-04")
@pytest.mark.parametrize("key", RANGES)
def test_a_value_outside_its_range_is_refused_by_name(key: str) -> None:
    low, high = RANGES[key]
    for value in (low - 1, high + 1, True, "12", None):
        with pytest.raises(SettingsError) as refused:
            Figures().with_values({key: value})
        assert refused.value.key == key


@pytest.mark.sr("SR-CFG-04")
@pytest.mark.parametrize("key", ["mfa.code_tll_s", "mfa", "nothing.here", "", "mfa.name", "auth.wait_after"])
def test_an_unknown_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Figures().with_values({key: 1})
    assert refused.value.key == key


@pytest.mark.sr("SR-AUTH-05")
@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (19, 900),
        (500, 900),
    ],
)
def test_vector_7_2_waits_after_failures(failures: int, wait: int) -> None:
    assert Figures().auth.wait_after(failures) == wait


@pytest.mark.sr("SR-AUTH-05")
def test_vector_7_2_sum_of_waits_and_hard_lock() -> None:
    auth = Figures().auth

    assert sum(auth.wait_after(n) for n in range(1, 20)) == 9930
    assert auth.lock_hard == 20


@pytest.mark.sr("SR-AUTH-03")
def test_hash_parameters_have_the_floors_of_the_standard() -> None:
    for allowed in ((47104, 1, 1), (19456, 2, 1), (12288, 3, 1), (65536, 3, 4)):
        assert Figures().with_values({"auth.argon2": allowed}).auth.argon2 == allowed
    for cheap in ((47103, 1, 1), (19455, 2, 1), (12287, 3, 1), (8, 1, 1)):
        with pytest.raises(SettingsError, match=r"auth\.argon2"):
            Figures().with_values({"auth.argon2": cheap})


@pytest.mark.sr("SR-SESS-06")
def test_idle_warnings_come_at_120_60_and_20_seconds() -> None:
    assert Figures().session.idle_warnings == [120, 60, 20]
    assert Figures().with_values({"session.idle_warn_s": 30}).session.idle_warnings == [30, 20]
    assert Figures().with_values({"session.idle_s": 60}).session.idle_warnings == [20]
