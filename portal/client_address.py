"""Whose request is this? The client's address, and a keyed hash of it that says nothing to whoever reads it."""

import ipaddress
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as the outermost proxy of ours saw it.

    With TRUSTED_PROXIES = n the n-th entry from the right of X-Forwarded-For counts: what stands left of it was sent
    by the client and proves nothing. With 0 the header is ignored. Returns "" where no address is known, such as
    behind a unix socket without a trusted proxy.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if hops:
            address = hops[-min(settings.TRUSTED_PROXIES, len(hops))]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def network_key(request: HttpRequest, day: date | None = None) -> str:
    """Return a hash that is the same for one network during one day (Asia/Shanghai), and never leads back to it.

    An IPv6 household owns a /64, so the /64 is what counts. The day is part of the key: what is kept of an address
    can't be joined from one day to the next.
    """
    text = client_address(request)
    if text:
        address = ipaddress.ip_address(text)
        if address.version == 6:
            text = str(ipaddress.ip_network((address, 64), strict=False).network_address)
    day = day or timezone.localdate()
    return salted_hmac("portal.client_address", f"{day.isoformat()} {text}", algorithm="sha256").hexdigest()[:32]
