"""The answer to every "may I?": nothing, or a Refusal that says why, in words and in a code."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule said no. `code` is stable and for programs, `message` is translated and for people.

    Rules return it, actions raise it, pages and the API show it; `status` is the HTTP status that fits.
    """

    def __init__(self, code: str, message: str | Promise, *, status: int = 403, field: str = ""):
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.field = field

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
