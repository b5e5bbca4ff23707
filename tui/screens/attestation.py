"""S-ATTEST: the request that is attested, then the purpose with its explanation under each choice.

Labels stand above: the question is a sentence, and the explanations need the width (F-ATT-04).
"""

from tui.screens.form import FormScreen


class AttestationScreen(FormScreen):
    """State the purpose for which the data will be used."""

    stacked_fields = True
