"""The rules on personal information (个人信息处理规则), in versions that are never changed once they were published.

A version is the day from which it applies: `<day>.zh.md` (authoritative) and `<day>.en.md`. Its SHA-256 stands on the
page and in SHA256SUMS beside the texts. A change is a new pair of files. `{organiser}`, `{contact}` and `{purge_day}`
are filled in from the consultation when the page is shown, so the digest is that of the text with the blanks.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consultation.models import Consultation
from maps import markdown
from portal.bilingual import Bilingual

FOLDER = Path(__file__).parent
_BLANK = re.compile(r"\{(organiser|contact|purge_day)\}")
# What Markdown could take for a mark of its own in a name or an address.
_MARKS = re.compile(r"([\\`*_\[\]<>#|{}])")


@dataclass(frozen=True)
class Rules:
    """One version of the rules. `version` is the day from which it applies, as 2027-03-01."""

    version: str
    text_zh: str
    text_en: str

    text = Bilingual()

    @property
    def applies_from(self) -> date:
        """Return the day from which this version applies."""
        return date.fromisoformat(self.version)

    @property
    def sha256(self) -> str:
        """Return the digest of the text in the active language."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def html(self, consultation: Consultation | None) -> SafeString:
        """Return the rules in the active language, with the names and dates of `consultation` filled in."""
        blanks = _blanks(consultation)
        html = markdown.html(_BLANK.sub(lambda blank: _MARKS.sub(r"\\\1", blanks[blank[1]]), self.text))
        # The list is wider than a phone: it scrolls by itself, also by keyboard.
        frame = format_html('<div class="table-scroll" tabindex="0" role="region" aria-label="{}">', _("List"))
        return mark_safe(html.replace("<table>", f"{frame}<table>").replace("</table>", "</table></div>"))


@cache
def versions() -> tuple[Rules, ...]:
    """Return all versions, the newest first. Read from the files once in a process."""
    days = sorted((path.name.removesuffix(".zh.md") for path in FOLDER.glob("*.zh.md")), reverse=True)
    return tuple(Rules(day, _text(day, "zh"), _text(day, "en")) for day in days)


def _text(day: str, language: str) -> str:
    return (FOLDER / f"{day}.{language}.md").read_text(encoding="utf-8")


def current() -> Rules:
    """Return the version that applies to what is sent now."""
    return versions()[0]


def find(version: str) -> Rules | None:
    """Return the version of this day, or None."""
    return next((rules for rules in versions() if rules.version == version), None)


def _blanks(consultation: Consultation | None) -> dict[str, str]:
    organiser = consultation.organiser if consultation else ""
    purged = consultation.purge_contacts_on if consultation else None
    return {
        "organiser": organiser or _("the authority that makes the plan"),
        "contact": _contact(consultation),
        "purge_day": date_format(purged, "DATE_FORMAT") if purged else _("the day named in the consultation"),
    }


def _contact(consultation: Consultation | None) -> str:
    given = []
    if consultation:
        given = [
            (_("Telephone: %(value)s"), consultation.phone),
            (_("E-mail: %(value)s"), consultation.email),
            (_("Address: %(value)s"), consultation.address),
        ]
    told = [words % {"value": value} for words, value in given if value]
    if not told:
        return _("How to reach it is told in the public notice.")
    return _("%(ways)s.") % {"ways": _("; ").join(told)}
