"""The forms of residents: shape and cleaning; what a comment may say is decided in `consultation.rules`."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation import places, rules, validators
from consultation.choices import Choices, chapter_label

PLACE_KINDS = {
    "map": _("The place from the map"),
    "feature": _("Something that the plan draws"),
    "village": _("A village"),
    "chapter": _("A chapter of the plan"),
    "none": _("No particular place"),
}
DETAILS = {
    "map": _("Please choose the place on the map."),
    "feature": _("Please choose it on the map."),
    "village": _("Please choose the village."),
    "chapter": _("Please choose the chapter."),
}


def new_key() -> str:
    """Return a new idempotency key; it goes with a form and comes back with it, however often it is sent."""
    return str(uuid.uuid4())


class CommentForm(forms.Form):
    """A comment as residents write it, with or without the map, with or without JavaScript."""

    place = forms.ChoiceField(
        choices=PLACE_KINDS, error_messages={"required": _("Please say which place your comment is about.")}
    )
    lon = forms.CharField(required=False, max_length=40)
    lat = forms.CharField(required=False, max_length=40)
    feature = forms.CharField(required=False, max_length=80)
    village = forms.ChoiceField(required=False)
    chapter = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(
        label=_("Topic"), error_messages={"required": _("Please choose a topic; “other” is one too.")}
    )
    text = forms.CharField(
        label=_("Your comment"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": 8})
    )
    display_consent = forms.BooleanField(required=False)
    name = forms.CharField(
        label=_("Your name, or your organisation's"),
        required=False,
        max_length=validators.NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=validators.PHONE_LENGTH,
        validators=[validators.phone_number],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=validators.EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    # People don't see this field; programs that fill in everything do.
    website = forms.CharField(required=False)

    def __init__(self, *args: object, choices: Choices, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.offered = choices
        self.fields["topic"].choices = [("", _("Please choose")), *((t.key, t.name) for t in choices.topics)]
        self.fields["village"].choices = [("", _("Please choose")), *((v.key, v.name) for v in choices.villages)]
        chapters = [(chapter.number, chapter_label(chapter)) for chapter in choices.chapters]
        self.fields["chapter"].choices = [("", _("Please choose")), *chapters]

    @property
    def idempotency_key(self) -> str:
        """Return the key that this form carries; a new one where it carries none that can serve."""
        if not hasattr(self, "_key"):
            sent = str(self["key"].value() or "")
            self._key = sent if validators.is_idempotency_key(sent) else new_key()
        return self._key

    def renew_key(self) -> None:
        """Make this form, sent again, a comment of its own."""
        self._key = new_key()

    def clean_text(self) -> str:
        """Return the text with plain line ends, if `rules` has nothing against it."""
        text = validators.plain_line_ends(self.cleaned_data["text"])
        refused = rules.text_refusal(text)
        if refused:
            raise forms.ValidationError(refused.message, code=refused.code)
        return text

    def clean_website(self) -> str:
        """Refuse what a program filled in. A person whose browser did it learns what to do."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Please leave the field “website” empty and send the form again."))
        return ""

    def clean(self) -> dict:
        """Refuse a place without its detail, and two places at once where it isn't clear which one is meant."""
        kind = self.cleaned_data.get("place")
        given = {"map": self._given("lon") and self._given("lat"), "feature": self._given("feature")}
        given |= {"village": self._given("village"), "chapter": self._given("chapter")}
        if kind in given and not given[kind] and kind not in self.errors:
            self.add_error("place", DETAILS[kind])
        if kind == "none" and (given["village"] or given["chapter"]):
            message = _("You chose “no particular place”, and also a village or a chapter. Which one do you mean?")
            self.add_error("place", message)
        return self.cleaned_data

    def _given(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name) or name in self.errors)

    def place_value(self) -> dict | None:
        """Return the place as `places.resolve` reads it. Raises a Refusal for coordinates that aren't numbers."""
        kind = self.cleaned_data["place"]
        if kind == "none":
            return None
        if kind == "map":
            return places.point_value(self.cleaned_data["lon"], self.cleaned_data["lat"])
        return {kind: self.cleaned_data[kind]}

    def contact(self) -> dict[str, str]:
        """Return what was left to be answered by; empty fields are left out."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "email") if self.cleaned_data[name]}


class ReceiptForm(forms.Form):
    """Number and code, as somebody types them who has them on paper."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        error_messages={"required": _("Please type the number, such as JF-2027-000123.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Enquiry code"),
        max_length=40,
        error_messages={"required": _("Please type the code that you got with the number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
