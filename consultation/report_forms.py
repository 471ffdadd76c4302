"""The forms for a report: the one that anybody fills in, and the one by which a planner settles it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.models.report import Finding, ReportReason
from consultation.reporting import WORDS_MAX


class ReportForm(forms.Form):
    """Why a comment should not be public. Nothing about who says so."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Up to 500 characters. Please leave out names and telephone numbers, yours too."),
    )
    website = forms.CharField(required=False, max_length=200)


class SettleForm(forms.Form):
    """What a planner found, and why."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Goes on record.")
    )
    upto = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
