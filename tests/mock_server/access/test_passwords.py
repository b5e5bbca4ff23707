"""Password hashing: what is stored, what is compared, how load is bounded (SR-AUTH-01, -03, -04, -10)."""

import asyncio
import re
import threading
import time
from base64 import b64decode
from collections.abc import Iterator

import pytest

from mock_server.access.passwords import HashingBusy, PasswordHasher
from mock_server.figures import ARGON2_CHEAP, AuthFigures

PHC = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)")


@pytest.fixture
def hasher() -> Iterator[PasswordHasher]:
    made = PasswordHasher(ARGON2_CHEAP, threads=2, queue=3, wait_s=5.0)
    yield made
    made.close()


def parsed(stored: str) -> tuple[tuple[int, ...], int, int]:
    found = PHC.fullmatch(stored)
    assert found is not None
    salt, tag = (b64decode(found[part] + "==") for part in (4, 5))
    return tuple(int(found[part]) for part in (1, 2, 3)), len(salt), len(tag)


@pytest.mark.sr("SR-AUTH-03")
def test_sr_auth_03_the_stored_text_has_the_parameters_of_the_settings() -> None:
    figures = AuthFigures()
    hasher = PasswordHasher(figures.argon2, queue=figures.hash_queue, wait_s=figures.hash_wait_s)
    try:
        assert parsed(hasher.hash("Walnut-Harbor-2468")) == ((19456, 2, 1), 16, 32)
    finally:
        hasher.close()


def test_a_password_fits_its_own_hash_only(hasher: PasswordHasher) -> None:
    stored = hasher.hash("Walnut-Harbor-2468")

    assert hasher.verify(stored, "Walnut-Harbor-2468")
    assert not hasher.verify(stored, "walnut-harbor-2468")
    assert hasher.hash("Walnut-Harbor-2468") != stored  # salted


@pytest.mark.sr("SR-AUTH-01")
def test_vector_7_1_spaces_at_both_ends_belong_to_the_password(hasher: PasswordHasher) -> None:
    stored = hasher.hash(" twelve chars ")

    assert hasher.verify(stored, " twelve chars ")
    assert not hasher.verify(stored, "twelve chars")


@pytest.mark.sr("SR-AUTH-01")
def test_a_password_is_the_same_however_its_letters_are_composed(hasher: PasswordHasher) -> None:
    stored = hasher.hash("\ufb01" * 6 + "caf\u00e9")

    assert hasher.verify(stored, "fi" * 6 + "cafe\u0301")


@pytest.mark.sr("SR-AUTH-01")
def test_no_part_of_a_long_password_is_cut_off(hasher: PasswordHasher) -> None:
    stored = hasher.hash("x" * 127 + "1")

    assert not hasher.verify(stored, "x" * 127 + "2")


@pytest.mark.sr("SR-AUTH-10")
def test_sr_auth_10_an_unknown_user_costs_a_hash_of_the_same_parameters() -> None:
    figures = AuthFigures()
    hasher = PasswordHasher(figures.argon2, threads=1, queue=1, wait_s=1)
    stored = hasher.hash("Walnut-Harbor-2468")

    def cost(known: str | None) -> float:
        started = time.process_time()
        assert not hasher.verify(known, "Some-Other-2468")
        return time.process_time() - started

    known, unknown = (min(cost(which) for _ in range(5)) for which in (stored, None))
    hasher.close()
    assert unknown > known / 2


@pytest.mark.parametrize(
    "stored", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$", "$2b$12$abcdefghijklmnopqrstuv"]
)
def test_a_stored_text_that_is_no_hash_matches_nothing(hasher: PasswordHasher, stored: str) -> None:
    assert not hasher.verify(stored, stored)


def test_a_password_of_any_characters_can_be_checked(hasher: PasswordHasher) -> None:
    for password in ("", "\0", "\ud800", "\U0001f600" * 12):
        assert hasher.verify(hasher.hash(password), password)


@pytest.mark.sr("SR-AUTH-04")
def test_sr_auth_04_a_hash_of_other_parameters_needs_renewal(hasher: PasswordHasher) -> None:
    older = PasswordHasher((16, 1, 1), threads=1, queue=1, wait_s=1)
    stored = older.hash("Walnut-Harbor-2468")
    older.close()

    assert hasher.verify(stored, "Walnut-Harbor-2468")
    assert hasher.needs_rehash(stored)
    assert not hasher.needs_rehash(hasher.hash("Walnut-Harbor-2468"))


@pytest.mark.sr("SR-AUTH-03")
async def test_sr_auth_03_at_most_one_hash_per_thread_runs_and_a_full_queue_refuses(
    hasher: PasswordHasher,
) -> None:
    release, started = threading.Event(), threading.Semaphore(0)
    running: list[int] = []

    def work() -> int:
        running.append(threading.get_ident())
        started.release()
        release.wait(5)
        return len(running)

    accepted = [asyncio.create_task(hasher.run(work)) for _ in range(5)]  # 2 threads, 3 waiting
    for _ in range(2):
        await asyncio.to_thread(started.acquire, timeout=5)
    with pytest.raises(HashingBusy):
        await hasher.run(work)
    assert len(running) == 2

    release.set()
    await asyncio.gather(*accepted)
    assert len(set(running)) == 2
    assert threading.get_ident() not in running
    assert await hasher.run(lambda: "free again") == "free again"


@pytest.mark.sr("SR-AUTH-03")
async def test_sr_auth_03_a_wait_that_is_too_long_ends_as_busy() -> None:
    hasher = PasswordHasher(ARGON2_CHEAP, threads=1, queue=3, wait_s=0.02)
    release = threading.Event()
    first = asyncio.create_task(hasher.run(lambda: release.wait(5)))
    await asyncio.sleep(0)

    with pytest.raises(HashingBusy):
        await hasher.run(lambda: True)

    release.set()
    assert await first
    assert await hasher.run(lambda: True)
    hasher.close()


async def test_a_caller_who_goes_away_keeps_the_thread_until_its_hash_is_done() -> None:
    hasher = PasswordHasher(ARGON2_CHEAP, threads=1, queue=3, wait_s=5)
    started, release, order = threading.Event(), threading.Event(), []

    def slow() -> None:
        started.set()
        release.wait(5)
        order.append("slow")

    gone = asyncio.create_task(hasher.run(slow))
    await asyncio.to_thread(started.wait, 5)
    gone.cancel()
    next_one = asyncio.create_task(hasher.run(lambda: order.append("next")))
    await asyncio.sleep(0)
    assert order == []

    release.set()
    await next_one
    assert order == ["slow", "next"]
    assert gone.cancelled()
    hasher.close()


async def test_an_error_in_the_work_reaches_the_caller(hasher: PasswordHasher) -> None:
    def fail() -> None:
        raise LookupError

    for _ in range(5):
        with pytest.raises(LookupError):
            await hasher.run(fail)
