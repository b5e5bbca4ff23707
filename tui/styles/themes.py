"""The four themes of accessibility 6.2, as one table of roles and one mapping onto Textual's variables.

Textual's own themes are not offered: none of them reaches 4.5:1 for all text of a form (TX-05). Every
variable that Textual would derive by tinting or by transparency is set, because those derivations lose
contrast.
"""

from dataclasses import dataclass

from textual.theme import Theme

TERMINAL = "terminal"
"""The theme that leaves every colour to the person's terminal; forced where colour is off (A11Y-COLOR-02)."""


@dataclass(frozen=True)
class Roles:
    """The colours of one theme, by what they mean."""

    background: str
    surface: str
    panel: str
    foreground: str
    muted: str
    disabled: str
    border: str
    focus: str
    on_focus: str
    primary: str
    success: str
    warning: str
    error: str
    info: str
    dark: bool = True


DARK = Roles(
    background="#10151A",
    surface="#172029",
    panel="#1F2A35",
    foreground="#E9EEF3",
    muted="#B4C0CC",
    disabled="#93A1AF",
    border="#7C8C9C",
    focus="#FFD54A",
    on_focus="#10151A",
    primary="#79B8FF",
    success="#5BD08F",
    warning="#F5B041",
    error="#FF9A8F",
    info="#7FD1E8",
)
LIGHT = Roles(
    background="#FFFFFF",
    surface="#F3F6F9",
    panel="#E5EBF1",
    foreground="#13202C",
    muted="#43525F",
    disabled="#5B6975",
    border="#66757F",
    focus="#5A2CA0",
    on_focus="#FFFFFF",
    primary="#0A57A4",
    success="#0A6236",
    warning="#7E4400",
    error="#AB1419",
    info="#0B5B73",
    dark=False,
)
CONTRAST = Roles(
    background="#000000",
    surface="#000000",
    panel="#000000",
    foreground="#FFFFFF",
    muted="#FFFFFF",
    disabled="#C8C8C8",
    border="#FFFFFF",
    focus="#FFFF00",
    on_focus="#000000",
    primary="#8CD3FF",
    success="#66FF99",
    warning="#FFC266",
    error="#FFB3AB",
    info="#99F0FF",
)


def _variables(roles: Roles) -> dict[str, str]:
    """Textual's theme variables, each bound to a role (the mapping table of accessibility 6.2)."""
    scrollbars = {
        "scrollbar": roles.border,
        "scrollbar-hover": roles.focus,
        "scrollbar-active": roles.focus,
        "scrollbar-background": roles.surface,
        "scrollbar-background-hover": roles.surface,
        "scrollbar-background-active": roles.surface,
        "scrollbar-corner-color": roles.surface,
    }
    return scrollbars | {
        "text": roles.foreground,
        "text-muted": roles.muted,
        "foreground-muted": roles.muted,
        "text-disabled": roles.disabled,
        "foreground-disabled": roles.disabled,
        "text-primary": roles.primary,
        "text-secondary": roles.info,
        "text-success": roles.success,
        "text-warning": roles.warning,
        "text-error": roles.error,
        "text-accent": roles.focus,
        "border": roles.focus,
        "border-blurred": roles.border,
        "block-cursor-foreground": roles.on_focus,
        "block-cursor-background": roles.focus,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": roles.foreground,
        "block-cursor-blurred-background": roles.panel,
        "block-cursor-blurred-text-style": "bold underline",
        "block-hover-background": roles.panel,
        "footer-background": roles.panel,
        "footer-foreground": roles.foreground,
        "footer-key-foreground": roles.primary,
        "footer-key-background": roles.panel,
        "footer-description-foreground": roles.foreground,
        "footer-description-background": roles.panel,
        "footer-item-background": roles.panel,
        "input-cursor-background": roles.foreground,
        "input-cursor-foreground": roles.background,
        "input-cursor-text-style": "none",
        "input-selection-background": roles.focus,
        "input-selection-foreground": roles.on_focus,
        "screen-selection-background": roles.focus,
        "screen-selection-foreground": roles.on_focus,
        "button-foreground": roles.foreground,
        "button-color-foreground": roles.background,
        "button-focus-text-style": "bold underline",
        "link-color": roles.primary,
        "link-color-hover": roles.primary,
        "link-style": "underline",
        "link-background": "initial",
        "link-background-hover": roles.panel,
    }


def _theme(name: str, roles: Roles) -> Theme:
    return Theme(
        name=name,
        primary=roles.primary,
        secondary=roles.info,
        warning=roles.warning,
        error=roles.error,
        success=roles.success,
        accent=roles.focus,
        foreground=roles.foreground,
        background=roles.background,
        surface=roles.surface,
        panel=roles.panel,
        boost=roles.panel,
        dark=roles.dark,
        variables=_variables(roles),
    )


def _terminal() -> Theme:
    """Default on default everywhere; focus is reverse video, hues only on words that say the same."""
    plain = Roles(
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        foreground="ansi_default",
        muted="ansi_default",
        disabled="ansi_default",
        border="ansi_default",
        focus="ansi_default",
        on_focus="ansi_default",
        primary="ansi_default",
        success="ansi_green",
        warning="ansi_yellow",
        error="ansi_red",
        info="ansi_default",
    )
    reversed_styles = {
        "block-cursor-text-style": "reverse bold",
        "input-cursor-text-style": "reverse",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
    }
    theme = _theme(TERMINAL, plain)
    theme.ansi = True
    theme.variables = theme.variables | reversed_styles
    return theme


THEMES: dict[str, Theme] = {
    "qportal-dark": _theme("qportal-dark", DARK),
    "qportal-light": _theme("qportal-light", LIGHT),
    "qportal-contrast": _theme("qportal-contrast", CONTRAST),
    TERMINAL: _terminal(),
}
"""Offered themes in the order they are listed; the first is the default."""
