"""What the OpenAPI document says of every route besides its answer: who may call it and how it refuses."""

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Components, SecurityRequirement, SecurityScheme

from client.messages.calls import Envelope

FLOW_TOKEN: list[SecurityRequirement] = [{"flow_token": []}]
"""Routes that need the flow token in the Authorization header (SR-SESS-01)."""

COMPONENTS = Components(
    security_schemes={
        "flow_token": SecurityScheme(
            type="http", scheme="bearer", description="The newest flow_token that an answer brought (W-2)."
        )
    }
)

_STATUSES = {
    400: "No JSON, or not understood.",
    401: "No sign-in, or it has ended or is locked.",
    403: "Not allowed.",
    404: "Not found; the same for what belongs to others.",
    409: "Not possible at this step; a flow action also answers with the present screen.",
    422: "A value does not have the expected form; a flow action also answers with the screen.",
    429: "Too many tries; see Retry-After.",
    503: "Not available now; see Retry-After.",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """How a route refuses, by status; every refusal has the one envelope (W-1)."""
    return {
        status: ResponseSpec(Envelope[None], generate_examples=False, description=_STATUSES[status])
        for status in statuses
    }
