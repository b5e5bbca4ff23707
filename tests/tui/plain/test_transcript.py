"""The normative transcript of plain mode (accessibility 5.2), character for character."""

from tests.tui.plain.conftest import Golden
from tests.tui.plain.pages import LAND, SIGN_IN, WALK
from tests.tui.plain.stage import PreparedPortal, play


def test_a11y_5_2_the_normative_transcript(golden: Golden) -> None:
    """P-LAND-01 adds one line to it, the scenario date; the walk goes on to S-HOME and out."""
    portal = PreparedPortal(LAND, SIGN_IN, delays={"send": 1.5})
    played = play(portal, *WALK, "/quit", "1")
    golden("transcript", played.text)
    assert played.code == 0


def test_what_was_typed_reaches_the_portal_and_the_password_only_with_send() -> None:
    portal = PreparedPortal(LAND, SIGN_IN)
    play(portal, *WALK, "/quit", "1")
    sent = [(act.action, act.values) for act in portal.acts]
    assert sent == [
        ("login", {}),
        ("accept", {}),
        ("next", {"user_id": "jd"}),
        ("next", {"user_id": "demo.grouprep"}),
        ("send", {"password": WALK[4], "mfa_type": "email"}),
        ("log_in", {"code": "564 123"}),
    ]
