"""System checks: a wrong setting gets a name and a hint before anybody meets it."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def throttle_is_on(app_configs: object, **kwargs: object) -> list[Warning]:
    """Warn when the limit on new comments is off where the public can reach it (`check --deploy`)."""
    if settings.COMMENT_THROTTLE:
        return []
    return [
        Warning(
            "COMMENT_THROTTLE is off: anybody can send comments without limit.",
            hint="Remove COMMENT_THROTTLE=off from the environment. It is for tests and benchmarks.",
            id="portal.W001",
        )
    ]


@register(Tags.security, deploy=True)
def proof_of_work_is_on(app_configs: object, **kwargs: object) -> list[Warning]:
    """Warn when new comments need no proof of work where the public can reach the form (`check --deploy`)."""
    if settings.PROOF_OF_WORK:
        return []
    return [
        Warning(
            "PROOF_OF_WORK is off: programs can send comments at no cost.",
            hint="Remove PROOF_OF_WORK=off from the environment. It is for tests and benchmarks.",
            id="portal.W002",
        )
    ]
