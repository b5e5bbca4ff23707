"""Window titles by state: constants, so that no name or number of a practice reaches a title (SR-TERM-04)."""

WINDOW_TITLES = {
    "S-LAND": "Start",
    "S-HELP": "Help desk",
    "S-TERMS": "Terms",
    "S-USER": "Sign in",
    "S-PASS": "Sign in",
    "S-CODE": "Sign in",
    "S-DISABLED": "Account disabled",
    "S-PWEXP": "Password expired",
    "S-REAUTH": "Locked",
    "S-HOME": "My Portal",
    "S-ORGTYPE": "Organization type",
    "S-ORGPICK": "Select an organization",
    "S-RPTSEL": "Feedback reports",
    "S-ATTEST": "Attestation",
    "S-ATTNO": "Attestation not possible",
    "S-RUN": "Run document",
    "S-BUSY": "Running",
    "S-REPORT": "Report",
}
"""State -> label after `qportal - ` (A11Y-FOCUS-08)."""


def window_title(state: str) -> str:
    """The whole window title; a state this client does not know says only the program's name."""
    label = WINDOW_TITLES.get(state)
    return f"qportal - {label}" if label else "qportal"
