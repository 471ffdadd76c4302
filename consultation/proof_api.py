"""The API's puzzles: what a new comment has to bring along, see `portal.proof`."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from consultation import limits
from consultation.api import Open, problems
from consultation.serializers import ChallengeSerializer
from portal import proof


class ProofChallenge(Open):
    """A puzzle for a new comment."""

    @extend_schema(
        operation_id="proof_challenge",
        summary="A puzzle to be solved for a new comment",
        description="The ALTCHA protocol, version 2: look for the `counter` whose key begins with `keyPrefix` and send "
        "`challenge` and `solution` (`counter`, `derivedKey`) as `proof`, as an object or in base64. Good for one "
        "comment until `expiresAt`. The more puzzles a network fetches in an hour, the harder they get.",
        responses={200: ChallengeSerializer, **problems(503)},
    )
    def get(self, request: Request) -> Response:
        """Give out a new puzzle. One query."""
        response = Response(proof.challenge(limits.work(request)))
        response["Cache-Control"] = "no-store"
        return response
