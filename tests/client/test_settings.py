"""Preferences: table 4.1, their layers and their file (A11Y-MODE-02, A11Y-MODE-05, SR-CLI-04)."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import BadSettingValue, SettingsError, UnknownSetting
from client.settings import (
    BY_KEY,
    PREFERENCES,
    Preferences,
    Settings,
    Value,
    config_file,
    from_variables,
    parse_layer,
    read_file,
    save,
    write_file,
)

ACCEPTED = [
    ("interface", "plain", "plain"),
    ("theme", "QPortal-Light", "qportal-light"),
    ("mouse", "off", "off"),
    ("bell", "on", True),
    ("single_keys", "off", False),
    ("page_rows", "0", 0),
    ("page_rows", "500", 500),
    ("width", "auto", None),
    ("width", "40", 40),
    ("heartbeat", "120", 120),
    ("export_folder", "~/exports", Path("~/exports")),
]
REFUSED = [
    ("color", "neve", "never"),
    ("interface", "fullscreen", "full-screen"),
    ("bell", "yes", "on"),
    ("page_rows", "501", "500"),
    ("page_rows", "-1", "0"),
    ("width", "19", "20"),
    ("width", "wide", "auto"),
    ("heartbeat", "121", "120"),
    ("heartbeat", "99999999999999999999", "120"),
    ("export_folder", " ", "a folder"),
]


@pytest.mark.parametrize(("key", "text", "value"), ACCEPTED)
def test_a_value_is_understood(key: str, text: str, value: Value) -> None:
    assert parse_layer({key: text}) == {key: value}


@pytest.mark.parametrize(("key", "text", "nearest"), REFUSED)
def test_a11y_mode_05_a_refusal_names_the_nearest_value(key: str, text: str, nearest: str) -> None:
    with pytest.raises(BadSettingValue, match=f"Nearest: {nearest}"):
        parse_layer({key: text})


def test_a11y_mode_05_an_unknown_key_names_the_nearest_one() -> None:
    with pytest.raises(UnknownSetting, match="Nearest: theme"):
        parse_layer({"thme": "terminal"})


def test_flags_are_spelled_with_dashes() -> None:
    assert parse_layer({"single-keys": "off"}) == {"single_keys": False}


def test_defaults_of_the_table_and_of_the_type_agree() -> None:
    for item in PREFERENCES:
        default = getattr(Settings(), item.key)
        assert item.parse(item.text(default)) == default
        if item.words:
            assert item.parse(item.words[0]) == default


def test_every_key_is_a_field_and_every_field_a_key() -> None:
    recordings_only = ["bare_names"]
    assert [*BY_KEY, *recordings_only] == list(Settings.__dataclass_fields__)


def test_a11y_mode_02_flags_override_variables_and_those_the_file() -> None:
    asked = Preferences(
        flags={"theme": "terminal"},
        variables={"theme": "qportal-light", "color": "never"},
        saved={"color": "always", "bell": True},
    )
    assert (asked.settings.theme, asked.settings.color, asked.settings.bell) == ("terminal", "never", True)
    assert [asked.source(key) for key in ("theme", "color", "bell", "width")] == [
        "flag",
        "variable",
        "saved",
        "default",
    ]


def test_variables_of_the_table() -> None:
    found = from_variables(
        {"QPORTAL_THEME": "terminal", "QPORTAL_WIDTH": "", "QPORTAL_BELL": "on", "HOME": "/"}
    )
    assert found == {"theme": "terminal"}


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("No", False)]
)
def test_a_switch_takes_the_words_of_boolean_variables(word: str, value: bool) -> None:
    assert from_variables({"QPORTAL_REMEMBER": word}) == {"remember": value}


def test_a_bad_variable_is_refused() -> None:
    with pytest.raises(BadSettingValue):
        from_variables({"QPORTAL_COLOR": "blue"})


# The file


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "qportal" / "config.toml"
    save(file, "theme", "terminal")
    save(file, "page-rows", "0")
    save(file, "width", "auto")
    assert read_file(file) == {"theme": "terminal", "page_rows": 0, "width": None}


@pytest.mark.sr("SR-CLI-04")
def test_sr_cli_04_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        save(tmp_path / "qportal" / "config.toml", "bell", "on")
    finally:
        os.umask(old)
    assert (tmp_path / "qportal").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "qportal" / "config.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.sr("SR-CLI-04")
def test_sr_cli_04_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("")
    (tmp_path / "config.toml").symlink_to(elsewhere)
    with pytest.raises(SettingsError, match="symbolic link"):
        save(tmp_path / "config.toml", "bell", "on")
    assert elsewhere.read_text() == ""


def test_no_file_means_no_preferences(tmp_path: Path) -> None:
    assert read_file(tmp_path / "config.toml") == {}


@pytest.mark.parametrize("content", [b"theme =", b"\xff", b'theme = "a"\ntheme = "b"'])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"config\.toml cannot be read"):
        read_file(tmp_path / "config.toml")


def test_values_written_by_hand_may_be_numbers_and_booleans(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("page_rows = 7\nbell = true\nwidth = 60\n")
    assert read_file(tmp_path / "config.toml") == {"page_rows": 7, "bell": True, "width": 60}


@pytest.mark.parametrize("line", ["theme = 1", "theme = []", "unknown = 1", "bell = 1.5", "page_rows = true"])
def test_a_file_with_a_wrong_entry_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "config.toml").write_text(line)
    with pytest.raises(SettingsError):
        read_file(tmp_path / "config.toml")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_folder_survives_the_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = tmp_path_factory.mktemp("config") / "config.toml"
    folder = Path(name.strip())
    write_file(file, {"export_folder": folder})
    assert read_file(file) == {"export_folder": folder}


def test_the_folder_can_be_named(tmp_path: Path) -> None:
    assert config_file({"QPORTAL_CONFIG_DIR": str(tmp_path)}) == tmp_path / "config.toml"
    assert config_file({}).name == "config.toml"
