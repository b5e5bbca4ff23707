"""Named business dates on which the demo nation can be looked at (portal-flow section 14).

SCENARIOS[DEFAULT_SCENARIO].starts -> 2018-10-01 10:00 Eastern
"""

from dataclasses import dataclass
from datetime import datetime

from mock_server.reference.windows import eastern


@dataclass(frozen=True, slots=True)
class Scenario:
    """An instant of the business clock worth starting from."""

    name: str
    starts: datetime
    """With the Eastern zone."""
    shows: str
    """What is open then, in words."""


_ALL = (
    Scenario("SC-2012", eastern(2012, 11, 15, 10), "2011 PQRS feedback reports"),
    Scenario("SC-2016", eastern(2016, 10, 3, 10), "2015 Annual QRUR; informal review for 2015"),
    Scenario(
        "SC-2018",
        eastern(2018, 10, 1, 10),
        "all PQRS and QRUR reports; MIPS 2017 feedback and targeted review",
    ),
    Scenario("SC-2019", eastern(2019, 1, 15, 10), "PQRS and QRUR reports closed; MIPS 2018 submission"),
    Scenario("SC-2020-SUB", eastern(2020, 2, 14, 10), "MIPS 2019 submission and elections"),
    Scenario("SC-2020-MAR", eastern(2020, 3, 16, 10), "MIPS 2019 submission, approved exceptions visible"),
    Scenario("SC-2020-GAP", eastern(2020, 5, 4, 10), "MIPS 2019 submission closed, no final feedback yet"),
    Scenario("SC-2020-FB", eastern(2020, 8, 10, 10), "MIPS 2019 feedback and targeted review"),
)

SCENARIOS: dict[str, Scenario] = {scenario.name: scenario for scenario in _ALL}
"""All scenarios by name, oldest first."""

DEFAULT_SCENARIO = "SC-2018"
