"""What a form offers for the values it holds (portal-flow 1.1, F-RPT-01, F-GEN-04)."""

import pytest

from client.messages.screen import FieldValue, Option, Screen, When
from client.offer import holds, offered, to_send
from tests.client.scripted import field, screen


def option(value: str, when: When = None, *, enabled: bool = True) -> Option:
    return Option(value=value, label=value, when=when, enabled=enabled)


@pytest.fixture
def choices() -> Screen:
    return screen(
        "S-RPTSEL",
        fields=[
            field("year", "select", options=[option("2015"), option("2011")]),
            field(
                "report",
                "select",
                options=[
                    option("R-QRUR-2015", {"year": ["2015"]}),
                    option("R-PQRS-2011", {"year": ["2011"]}),
                    option("R-LATER", {"year": ["2011"]}, enabled=False),
                ],
            ),
            field(
                "action",
                "select",
                options=[option("view"), option("csv", {"report": ["R-PQRS-2011"]})],
                when={"report": ["R-PQRS-2011", "R-QRUR-2015"]},
            ),
        ],
    )


def test_f_rpt_01_the_year_narrows_the_reports(choices: Screen) -> None:
    offer = offered(choices, {"year": "2011"})
    assert [item.id for item in offer.fields] == ["year", "report"]
    assert [item.value for item in offer.fields[1].options] == ["R-PQRS-2011", "R-LATER"]


def test_f_rpt_01_a_new_year_clears_report_and_action(choices: Screen) -> None:
    kept = {"year": "2011", "report": "R-PQRS-2011", "action": "csv"}
    assert offered(choices, kept).values == kept
    assert offered(choices, {**kept, "year": "2015"}).values == {"year": "2015", "report": None}


def test_an_option_that_cannot_be_chosen_is_not_kept(choices: Screen) -> None:
    assert offered(choices, {"year": "2011", "report": "R-LATER"}).values["report"] is None


def test_the_servers_value_stands_until_something_is_typed() -> None:
    page = screen(fields=[field("user_id", value="demo.solo")])
    assert offered(page, {}).values == {"user_id": "demo.solo"}
    assert offered(page, {"user_id": ""}).values == {"user_id": ""}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("yes", True),
        ("no", False),
        (None, False),
        (True, True),
        (False, False),
        (["a", "yes"], True),
        ([], False),
    ],
)
def test_a_condition_looks_at_texts_checkboxes_and_lists(value: FieldValue, expected: bool) -> None:
    assert holds({"asked": ["yes", "true"]}, {"asked": value}) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})


def test_f_gen_04_hidden_withdrawn_and_path_fields_are_not_sent() -> None:
    page = screen(
        fields=[
            field("user_id"),
            field("secret_note", visible=False, value="x"),
            field("path", "path"),
            field("extension", when={"device": ["ivr"]}),
            field("device", "select", options=[option("ivr"), option("sms")]),
        ]
    )
    typed = {"user_id": "demo.solo", "secret_note": "y", "path": "/tmp/x", "extension": "12", "device": "sms"}
    assert to_send(page, typed) == {"user_id": "demo.solo", "device": "sms"}


def test_a_name_the_screen_does_not_have_is_sent_for_the_server_to_refuse() -> None:
    assert to_send(screen(), {"forged": "1"}) == {"forged": "1"}


def test_a_hidden_field_may_carry_a_condition() -> None:
    page = screen(
        fields=[field("mode", visible=False, value="group"), field("tin", when={"mode": ["group"]})]
    )
    assert [item.id for item in offered(page, {}).fields] == ["tin"]
