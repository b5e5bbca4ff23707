"""Extra accounts for classes and load tests: `--learners N` (portal-flow 13.5).

One account has one live code (F-MFA-01) and at most five logins (X-30), so each learner gets an account with
the grants and the kind of device of demo.grouprep.
"""

from dataclasses import replace

from mock_server.scenario.personas import PERSONAS, Persona, email_device

MAX_LEARNERS = 500


def learners(count: int) -> tuple[Persona, ...]:
    """`demo.learner001` and so on, `count` of them (0 to 500); ValueError outside."""
    if not 0 <= count <= MAX_LEARNERS:
        raise ValueError(f"learners must be 0 to {MAX_LEARNERS}")
    return tuple(_learner(number) for number in range(1, count + 1))


def _learner(number: int) -> Persona:
    user_id = f"demo.learner{number:03d}"
    return replace(
        PERSONAS["demo.grouprep"],
        user_id=user_id,
        given_name="Learner",
        family_name=f"{number:03d}",
        purpose="class or load test",
        devices=(email_device(user_id),),
    )
