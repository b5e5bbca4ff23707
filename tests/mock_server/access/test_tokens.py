"""Bearer tokens and ids (SR-SESS-01, SR-SESS-02, SR-AC-04)."""

import re

import pytest

from mock_server.access.tokens import TOKEN_LENGTH, new_id, new_token, same_secret, token_hash


@pytest.mark.sr("SR-SESS-01")
def test_a_token_has_43_characters_and_never_repeats() -> None:
    made = {new_token() for _ in range(200)}

    assert len(made) == 200
    assert all(re.fullmatch(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}", token) for token in made)


@pytest.mark.sr("SR-SESS-02")
def test_vector_7_5_token_hash() -> None:
    assert token_hash("A" * 43) == "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"


@pytest.mark.sr("SR-AC-04")
def test_an_id_is_shorter_than_a_token_and_has_96_bits_or_more() -> None:
    assert len(new_id()) == 24
    assert len({new_id() for _ in range(200)}) == 200


@pytest.mark.sr("SR-AUTH-16")
def test_secrets_of_any_text_can_be_compared() -> None:
    assert same_secret("ключ\ud800", "ключ\ud800")
    assert not same_secret("a", "b")
    assert not same_secret("a", "aa")
