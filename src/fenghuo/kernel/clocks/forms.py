"""Forms of the county's own rules and of the year's days off. What a service refuses stands beside its field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.web.words import english
from fenghuo.standards.deadlines.words import ANCHORS, SUBJECTS, WAYS


def _choices(words: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, said[int(english())] or "—") for value, said in words.items()]


class RuleForm(forms.Form):
    """One row, in the columns of the table of deadlines."""

    id = forms.RegexField(
        r"^(?!new$)[\w.-]+$",
        label=_("Id"),
        max_length=32,
        help_text=_("letters, digits and hyphens, without blanks: zero-report-evening"),
    )
    what_zh = forms.CharField(label=_("What is due (Chinese)"), max_length=80)
    what_en = forms.CharField(label=_("What is due (English)"), max_length=80, required=False)
    from_zh = forms.CharField(label=_("Who owes it (Chinese)"), max_length=80, required=False)
    from_en = forms.CharField(label=_("Who owes it (English)"), max_length=80, required=False)
    to_zh = forms.CharField(label=_("To whom (Chinese)"), max_length=80)
    to_en = forms.CharField(label=_("To whom (English)"), max_length=80, required=False)
    span = forms.CharField(
        label=_("How long, or when"),
        max_length=32,
        help_text=_("30m, 2h, 5d, 20wd (working days), 3mo, 1y; daily@09:00, monthly@15, quarterly@15, yearly@05-12"),
    )
    repeats = forms.ChoiceField(
        label=_("Repeats"), required=False, choices=[("", _("once")), ("yes", _("again and again"))]
    )
    last_day = forms.ChoiceField(
        label=_("When the last day is off"),
        required=False,
        choices=[("", _("it stays")), ("next_working_day", _("moves to the next working day"))],
    )
    subject = forms.ChoiceField(label=_("Runs for"), choices=lambda: _choices(SUBJECTS))
    anchor = forms.ChoiceField(label=_("Counted from"), choices=lambda: _choices(ANCHORS))
    way = forms.ChoiceField(label=_("Way"), required=False, choices=lambda: _choices(WAYS))
    duty = forms.ChoiceField(
        label=_("Kind of deadline"),
        choices=[("duty", _("a duty")), ("window", _("a time within which something counts"))],
    )
    kinds = forms.CharField(
        label=_("Kinds of incident"), max_length=400, initial="*", help_text=_("* for all, or: fire road_traffic")
    )
    when = forms.CharField(
        label=_("Only when"),
        max_length=200,
        required=False,
        help_text=_("empty: always; for example: level<=3 | sensitive | dead+missing>=10"),
    )
    extension = forms.CharField(
        label=_("May be extended once by"), max_length=8, required=False, help_text=_("empty: not at all; 60d, 20wd")
    )
    article = forms.CharField(label=_("Clause of the paper"), max_length=32, required=False)
    region_code = forms.CharField(
        label=_("Only in this region"), max_length=12, required=False, help_text=_("empty: everywhere; else its code")
    )
    in_force_from = forms.CharField(
        label=_("In force from"), max_length=10, widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_to = forms.CharField(
        label=_("To (empty: until further notice)"),
        max_length=10,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    own_source = forms.CharField(
        label=_("Paper by which it was decided"), max_length=200, help_text=_("name and number of the document")
    )
    decided_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    WORDS = ("what_zh", "what_en", "from_zh", "from_en", "to_zh", "to_en")
    TIMES = ("span", "repeats", "last_day", "extension")
    TERMS = ("subject", "anchor", "kinds", "when", "way", "duty", "region_code", "in_force_from", "valid_to")
    ORIGIN = ("own_source", "article", "decided_on")

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        heads = (_("What, who, to whom"), _("Until when"), _("For what it holds"), _("Where it comes from"))
        return [
            (head, [self[name] for name in names])
            for head, names in zip(heads, (self.WORDS, self.TIMES, self.TERMS, self.ORIGIN), strict=True)
        ]

    def columns(self) -> dict[str, str]:
        """The row as the services take it."""
        return {
            name: str(value or "")
            for name, value in self.cleaned_data.items()
            if name not in ("own_source", "decided_on", "seen")
        }

    def show(self, refused: Refused) -> None:
        show(self, refused)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class NoticeForm(forms.Form):
    notice = forms.CharField(
        label=_("The State Council's notice, whole"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "inp"}),
        help_text=_("Copy the text of 国务院办公厅关于××××年部分节假日安排的通知 and paste it here."),
    )
    year = forms.IntegerField(
        label=_("Year (only when the title was not copied)"), required=False, min_value=2000, max_value=2100
    )


def show(form: forms.Form, refused: Refused) -> None:
    """What a service refused, beside its field, else above all."""
    faults = refused.faults if isinstance(refused, Invalid) else ()
    for fault in faults:
        name = fault.field.rpartition(".")[2]
        form.add_error(name if name in form.fields else None, str(fault.message))
    if not faults:
        form.add_error(None, str(refused.message))
