"""Contact data go when their time is over (个人信息保护法 19, 47); what was said stays."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from consultation.models import Consultation, Contact
from portal import audit


@dataclass(frozen=True)
class Due:
    """A consultation whose contact data are to go, and of how many comments."""

    consultation: Consultation
    contacts: int


def due(today: date) -> list[Due]:
    """Return the consultations whose day has come and that still hold contact data. One query each, and one."""
    found = Consultation.objects.filter(purge_contacts_on__lte=today).order_by("id")
    counted = [Due(one, Contact.objects.filter(comment__consultation=one).count()) for one in found]
    return [item for item in counted if item.contacts]


def purge(consultation: Consultation) -> int:
    """Delete the contact data of all comments of `consultation` for good, on record; return of how many comments."""
    with transaction.atomic():
        deleted, _rows = Contact.objects.filter(comment__consultation=consultation).delete()
        data = {"consultation": consultation.slug, "contacts": deleted, "due_on": f"{consultation.purge_contacts_on}"}
        audit.record(
            "contact.purged", actor=audit.SYSTEM, subject=consultation, plan_id=consultation.plan_id, data=data
        )
        return deleted
