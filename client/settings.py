"""The person's preferences: table 4.1 of the accessibility rules as one table, and the file that keeps them.

Values travel as text (flags, variables, the file) and are checked in one place; front ends read the typed
`Settings`. Where a value comes from matters to the choice of the interface, so `Preferences` keeps the layers
apart: flags over variables over the saved file over defaults (A11Y-MODE-02).
"""

import difflib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from client.errors import BadSettingValue, SettingsError, UnknownSetting
from client.private_files import private_folder, write_private
from client.safe_text import single_line

FALSEY = frozenset({"", "0", "false", "no", "off"})
"""What a boolean-like variable says for no, any case (A11Y-MODE-02)."""

FILE_NAME = "config.toml"


@dataclass(frozen=True)
class Settings:
    """Typed preferences; the names are the keys of table 4.1, the values here its defaults."""

    interface: Literal["auto", "plain", "full-screen"] = "auto"
    theme: Literal["qportal-dark", "qportal-light", "qportal-contrast", "terminal"] = "qportal-dark"
    color: Literal["auto", "always", "never"] = "auto"
    motion: Literal["auto", "none", "full"] = "auto"
    glyphs: Literal["auto", "ascii", "unicode"] = "auto"
    mouse: Literal["auto", "on", "off"] = "auto"
    terminal_cursor: bool = True
    single_keys: bool = True
    announce: Literal["normal", "brief", "verbose"] = "normal"
    confirm: Literal["important", "every-screen"] = "important"
    table_style: Literal["rows", "lines", "grid"] = "rows"
    row_labels: bool = True
    page_rows: int = 20
    """Rows read before the next-page prompt, 0 to 500; 0: no paging."""
    width: int | None = None
    """Line length of plain text, 20 to 200; None: the terminal's columns minus 1."""
    bell: bool = False
    search_as_you_type: bool = True
    export_folder: Path = Path("~/qportal-exports")
    """As written; `expanduser` when used."""
    remember: bool = False
    heartbeat: int = 15
    """Seconds between two lines of waiting, 0 to 120; 0: none."""
    clipboard: Literal["auto", "osc52", "tmux-passthrough", "off"] = "auto"
    bare_names: bool = False
    """Whether saved files are shown by name alone; no preference: recordings set it (DEMO-DET-02)."""


Value = str | bool | int | Path | None


@dataclass(frozen=True)
class Preference:
    """One key: which words it takes, and where else it can be given."""

    key: str
    words: tuple[str, ...] = ()
    """Accepted words, the default first where it is a word."""
    numbers: range | None = None
    """Accepted whole numbers."""
    meaning: str = ""
    flag: bool = False
    """Whether `--key` exists."""
    variable: bool = False
    """Whether `QPORTAL_KEY` exists."""

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return set(self.words) == {"on", "off"}

    @property
    def is_folder(self) -> bool:
        """Whether it takes a path."""
        return not self.words and self.numbers is None

    @property
    def variable_name(self) -> str:
        """The environment variable, whether it is read or not."""
        return f"QPORTAL_{self.key.upper()}"

    def parse(self, text: str) -> Value:
        """The typed value of `text`. `BadSettingValue` names the nearest value that is accepted."""
        word = text.strip()
        if self.is_folder:
            if not word or "\0" in word:
                raise self._refused(text, "a folder")
            return Path(word)
        if self.numbers is not None and word.isascii() and word.isdigit() and int(word) in self.numbers:
            return int(word)
        lowered = word.lower()
        if lowered not in self.words:
            raise self._refused(text, self.nearest(lowered))
        if self.key == "width":
            return None
        return lowered == "on" if self.is_switch and self.key != "mouse" else lowered

    def nearest(self, word: str) -> str:
        """The accepted value that looks most like `word`."""
        if self.numbers is not None and word.lstrip("-").isdigit():
            return str(min(max(int(word[:9]), self.numbers[0]), self.numbers[-1]))
        near = difflib.get_close_matches(word, self.words, n=1, cutoff=0.0)
        return near[0] if near else str(self.numbers[0] if self.numbers else "")

    def _refused(self, text: str, nearest: str) -> BadSettingValue:
        return BadSettingValue(
            f"{self.key} does not take {single_line(text)!r}. Nearest: {nearest}.",
            remedy=f"Accepted: {self.accepted}.",
        )

    @property
    def accepted(self) -> str:
        """What it takes, in words."""
        parts = list(self.words)
        if self.numbers is not None:
            parts.append(f"{self.numbers[0]} to {self.numbers[-1]}")
        return ", ".join(parts) or "a folder"

    def text(self, value: Value) -> str:
        """A typed value as it is written in the file and in lists."""
        if isinstance(value, bool):
            return "on" if value else "off"
        return "auto" if value is None else str(value)


_ON_OFF = ("on", "off")
_OFF_ON = ("off", "on")

PREFERENCES: tuple[Preference, ...] = (
    Preference("interface", ("auto", "plain", "full-screen"), meaning="Front end", variable=True),
    Preference(
        "theme",
        ("qportal-dark", "qportal-light", "qportal-contrast", "terminal"),
        meaning="Colours of the full screen",
        flag=True,
        variable=True,
    ),
    Preference(
        "color", ("auto", "always", "never"), meaning="Whether colour is used", flag=True, variable=True
    ),
    Preference("motion", ("auto", "none", "full"), meaning="Animation", flag=True, variable=True),
    Preference(
        "glyphs",
        ("auto", "ascii", "unicode"),
        meaning="Characters for frames and marks",
        flag=True,
        variable=True,
    ),
    Preference("mouse", ("auto", "on", "off"), meaning="Mouse in the full screen", flag=True, variable=True),
    Preference("terminal_cursor", _ON_OFF, meaning="The terminal's own cursor marks the focus"),
    Preference("single_keys", _ON_OFF, meaning="Single letters as shortcuts", flag=True, variable=True),
    Preference("announce", ("normal", "brief", "verbose"), meaning="How much plain text says", variable=True),
    Preference("confirm", ("important", "every-screen"), meaning="When plain text lists the actions"),
    Preference("table_style", ("rows", "lines", "grid"), meaning="How plain text reads a table"),
    Preference("row_labels", _ON_OFF, meaning="Headings repeated with each cell"),
    Preference(
        "page_rows", numbers=range(501), meaning="Rows read before the next-page prompt; 0: no paging"
    ),
    Preference(
        "width", ("auto",), range(20, 201), meaning="Line length of plain text", flag=True, variable=True
    ),
    Preference("bell", _OFF_ON, meaning="Bell for errors and time warnings"),
    Preference("search_as_you_type", _ON_OFF, meaning="The list of practices follows the typing"),
    Preference("export_folder", meaning="Where saved files go", flag=True, variable=True),
    Preference("remember", _OFF_ON, meaning="Stay signed in on this computer", flag=True, variable=True),
    Preference("heartbeat", numbers=range(121), meaning="Seconds between two lines of waiting; 0: none"),
    Preference(
        "clipboard",
        ("auto", "osc52", "tmux-passthrough", "off"),
        meaning="How copies reach the terminal's clipboard",
    ),
)
"""Table 4.1, in its order, and the clipboard of SSH-CLIP-01."""

BY_KEY: Mapping[str, Preference] = {preference.key: preference for preference in PREFERENCES}


def preference(key: str) -> Preference:
    """The preference of that key. `UnknownSetting` names the nearest key (A11Y-MODE-05)."""
    found = BY_KEY.get(key.strip().replace("-", "_"))
    if found is None:
        near = difflib.get_close_matches(key, BY_KEY, n=1, cutoff=0.0)[0]
        raise UnknownSetting(f"There is no setting {single_line(key)!r}. Nearest: {near}.")
    return found


@dataclass(frozen=True)
class Preferences:
    """What was asked for, layer by layer, as typed values by key."""

    flags: Mapping[str, Value]
    variables: Mapping[str, Value]
    saved: Mapping[str, Value]

    @property
    def settings(self) -> Settings:
        """The values in force."""
        merged = {**self.saved, **self.variables, **self.flags}
        return Settings(**cast("dict[str, object]", merged))  # type: ignore[arg-type]

    def source(self, key: str) -> Literal["flag", "variable", "saved", "default"]:
        """Where the value in force comes from."""
        if key in self.flags:
            return "flag"
        if key in self.variables:
            return "variable"
        return "saved" if key in self.saved else "default"


def parse_layer(texts: Mapping[str, str]) -> dict[str, Value]:
    """Typed values of one layer, by key."""
    return {(found := preference(key)).key: found.parse(text) for key, text in texts.items()}


def from_variables(environ: Mapping[str, str]) -> dict[str, Value]:
    """Typed values of the `QPORTAL_*` variables; an empty variable is as good as none."""
    return {
        item.key: item.parse(_as_word(item, text))
        for item in PREFERENCES
        if item.variable and (text := environ.get(item.variable_name, "").strip())
    }


def _as_word(item: Preference, text: str) -> str:
    """`1` and `true` for a switch mean on, the falsey words off."""
    if not item.is_switch or text.lower() in item.words:
        return text
    if text.lower() in FALSEY:
        return "off"
    return "on" if text.lower() in {"1", "true", "yes"} else text


def read_file(path: Path) -> dict[str, Value]:
    """Typed values of the settings file; a missing file is an empty one."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from None
    import tomllib  # the first frame waits for it only where there is something to read

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, error) from None
    return parse_layer({key: _as_text(key, value) for key, value in table.items()})


def _unreadable(path: Path, error: Exception) -> SettingsError:
    return SettingsError(f"The settings file {path} cannot be read.", remedy=f"Repair it: {error}.")


def write_file(path: Path, saved: Mapping[str, Value]) -> None:
    """Write the settings file: owner only (0600), its folder 0700 (SR-CLI-04)."""
    lines = [f"{key} = {_as_toml(BY_KEY[key], saved[key])}\n" for key in BY_KEY if key in saved]
    private_folder(path.parent)
    write_private(path, "".join(lines).encode())


def save(path: Path, key: str, text: str) -> Value:
    """Set one key in the file and answer its typed value; the other keys stay."""
    found = preference(key)
    value = found.parse(text)
    write_file(path, {**read_file(path), found.key: value})
    return value


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """`config.toml` in the platformdirs config folder; `QPORTAL_CONFIG_DIR` names another folder."""
    if folder := environ.get("QPORTAL_CONFIG_DIR"):
        return Path(folder) / FILE_NAME
    import platformdirs

    return Path(platformdirs.user_config_dir("qportal", appauthor=False)) / FILE_NAME


def _as_text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str | int):
        return str(value)
    raise BadSettingValue(f"{single_line(key)} in the settings file is neither text nor a number.")


def _as_toml(item: Preference, value: Value) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    # A JSON string is a TOML basic string, save U+007F, which TOML wants escaped.
    return json.dumps(item.text(value), ensure_ascii=False).replace("\x7f", "\\u007f")
