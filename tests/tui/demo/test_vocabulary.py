"""The words of the portal that the linter knows are those of the server."""

from mock_server.flow.states import STATES
from mock_server.flow.transitions import TRANSITIONS
from tools.build_demo_vocabulary import TARGET, text
from tui.demo.verbs import DEVICES, EXPORTS, ORGANIZATION_TYPES, PURPOSES, REPORT_ACTIONS, VERBS
from tui.demo.vocabulary import PRIMARY, VOCABULARY, later


def test_the_file_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == text(), "run: python -m tools.build_demo_vocabulary"


def test_every_verb_names_states_fields_and_actions_that_there_are() -> None:
    actions = {row.action for row in TRANSITIONS}
    for verb in VERBS.values():
        for state in (*verb.states, *(target for target in verb.to if target != "*")):
            assert state in STATES or later(state), verb.name
        for action in verb.actions.values():
            assert action in actions or later(action), verb.name
    missing = {name for verb in VERBS.values() for name in verb.fields} - set(VOCABULARY.fields)
    assert missing <= {"level", "clinician"}, "fields of reports that this version does not offer"


def test_short_words_stand_for_values_in_the_order_of_the_labels() -> None:
    for verb, words in (
        ("choose-device", DEVICES),
        ("choose-organization-type", ORGANIZATION_TYPES),
        ("attest", PURPOSES),
    ):
        assert len(VOCABULARY.labels[verb]) == len(words)
    assert list(REPORT_ACTIONS.values()) == ["view", "pdf", "xlsx", "csv"]
    assert set(EXPORTS.values()) <= VOCABULARY.actions_in("S-REPORT").keys()


def test_the_main_action_of_a_state_is_one_of_its_own() -> None:
    for state, action in PRIMARY.items():
        assert action in {*VOCABULARY.actions_in(state), *VOCABULARY.local_actions}, state


def test_a_name_of_a_later_version_is_not_one_of_this() -> None:
    assert later("S-HOME") is None
    assert later("S-NOWHERE") is None
    assert not [state for state in VOCABULARY.states if later(state)]
