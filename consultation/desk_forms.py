"""The desk's forms: shape and limits only; what is allowed is in `rules`, what happens is in `actions`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.exporting import FORMATS
from consultation.states import Display, Outcome, WithholdingReason

LONGEST = 4000


def _area(label: str, *, required: bool, rows: int, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text, max_length=LONGEST)


class WithholdForm(forms.Form):
    """Why a comment isn't shown, and the words to its author."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *WithholdingReason.choices])
    note = _area(
        _("Words to the author"),
        required=False,
        rows=3,
        help_text=_("The author reads them with the receipt, together with the reason."),
    )


class DecisionForm(forms.Form):
    """What was decided, why, and the reply."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = _area(
        _("Reason"),
        required=True,
        rows=4,
        help_text=_("Say which chapter or map changed, or why not. Goes into the summary that is handed in."),
    )
    reply = _area(_("Reply to the author"), required=False, rows=5)


class ExportForm(forms.Form):
    """What is taken out of the ledger. Contact data are offered only to who may have them."""

    format = forms.ChoiceField(label=_("Format"), widget=forms.RadioSelect, initial="csv")
    display = forms.ChoiceField(label=_("Which comments"), required=False)
    with_contact = forms.BooleanField(
        label=_("With contact data and the unmasked text"),
        required=False,
        help_text=_("Names, telephone numbers and e-mail addresses in the clear. Goes on record with your name."),
    )
    reason = forms.CharField(
        label=_("Reason for taking contact data out"),
        required=False,
        max_length=500,
        help_text=_("What they are needed for, and who gets them."),
    )

    def __init__(self, *args: object, may_have_contact: bool, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(key, entry.name) for key, entry in FORMATS.items()]
        self.fields["display"].choices = [("", _("the whole ledger")), *Display.choices]
        if not may_have_contact:
            del self.fields["with_contact"], self.fields["reason"]
