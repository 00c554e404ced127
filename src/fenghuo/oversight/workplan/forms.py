"""Forms of the work plan. What a service refuses stands beside the field it is about."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.measures.registering import measure_of, measures
from fenghuo.kernel.web.words import subject_name
from fenghuo.standards.subjects import SUBJECTS

from .models import Every, Quota, Target
from .scopes import KINDS
from .services.values import NUMBER_MOST, TEXT_MOST, TITLE_MOST, ClauseValues, TargetValues

MOST_PASTED = 300_000  # characters; of more than 150,000 the rest is said to be left out


class UnitsNamed(forms.CharField):
    """Units by name, short name or code, one in each line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[Unit]:
        lines = [line.strip() for line in str(super().clean(value)).replace("、", "\n").splitlines() if line.strip()]
        found = list(
            Unit.objects.filter(Q(name__in=lines) | Q(short_name__in=lines) | Q(code__in=lines), valid_to=None)
        )
        known = {name: unit for unit in found for name in (unit.short_name, unit.name, unit.code) if name}
        if unknown := [line for line in lines if line not in known]:
            said = _("No unit is called %(names)s. Write name, short name or code, one in each line.")
            raise forms.ValidationError(said % {"names": "、".join(unknown)[:200]})
        return list(dict.fromkeys(known[line] for line in lines))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ReasonForm(forms.Form):
    """`in_force`: then a reason is asked, which everybody can read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change in mid-year"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Everybody can read it; name no persons."),
    )

    def __init__(self, *args: Any, in_force: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if in_force:
            self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        else:
            del self.fields["reason"]

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("reason", ""))


class NewPlanForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_MOST)
    begin = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("an empty plan")), *others]
        self.fields["begin"].choices = choices  # type: ignore[attr-defined]


class PasteForm(forms.Form):
    """What the text says itself need not be said again."""

    text = forms.CharField(
        label=gettext_lazy("Text of the plan"),
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("As it comes out of Word or a web page, with its headings."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, help_text=gettext_lazy("Empty: the one that the text names.")
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=TITLE_MOST,
        help_text=gettext_lazy("Empty: the title line of the text."),
    )


class LoadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File (TOML)"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, help_text=gettext_lazy("Empty: the year in the file.")
    )


class PlanForm(ReasonForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_MOST)
    preamble = forms.CharField(
        label=gettext_lazy("Preamble"), max_length=TEXT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class ClauseForm(ReasonForm):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=NUMBER_MOST)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_MOST)
    chapter = forms.CharField(label=gettext_lazy("Chapter"), max_length=TITLE_MOST, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=TEXT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def said(self) -> ClauseValues:
        cleaned = self.cleaned_data
        return ClauseValues(
            number=cleaned["number"], title=cleaned["title"], chapter=cleaned["chapter"], text=cleaned["text"]
        )


class TargetForm(ReasonForm):
    """A target with this measure; another measure asks other things, so it is chosen before."""

    title = forms.CharField(label=gettext_lazy("Target"), max_length=TITLE_MOST)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of unit that have to reach it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = UnitsNamed(
        label=gettext_lazy("Units by name that have to reach it"),
        help_text=gettext_lazy("Name, short name or code, one in each line."),
    )
    block = forms.CharField(
        label=gettext_lazy("Only in this place"), required=False, help_text=gettext_lazy("Name or code of a region.")
    )
    lines = forms.MultipleChoiceField(label=gettext_lazy("Only of these lines"), required=False)
    quota = forms.IntegerField(label=gettext_lazy("Quota"), initial=1)
    every = forms.ChoiceField(label=gettext_lazy("When"), choices=Every.choices, initial=Every.ONCE)
    due = _day(gettext_lazy("Due"))
    lead = UnitsNamed(label=gettext_lazy("Who leads"))
    support = UnitsNamed(label=gettext_lazy("Who supports"))
    together = forms.BooleanField(
        label=gettext_lazy("Counted for all of them in sum; the lead unit owes it"), required=False
    )
    weight = forms.IntegerField(label=gettext_lazy("Weight"), initial=1)

    def __init__(self, *args: Any, measure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        known = measure_of(measure)
        self.fields["kinds"].choices = [(kind.value, kind.label) for kind in KINDS]  # type: ignore[attr-defined]
        subjects = [(slug, subject_name(slug)) for slug in SUBJECTS]
        self.fields["lines"].choices = subjects  # type: ignore[attr-defined]
        self.share = known.share if known is not None else False
        if self.share:
            self.fields["quota"].label = _("Quota in percent")
        for option in known.options if known is not None else ():
            self.fields[f"option_{option.name}"] = _option_field(option)
        names = [name for name in self.fields if name.startswith("option_")]
        self.order_fields(["title", *names, "quota", "every", "due", "kinds", "units"])

    def clean_block(self) -> Region | None:
        said = str(self.cleaned_data["block"]).strip()
        if not said:
            return None
        found = list(Region.objects.filter(Q(code=said) | Q(name=said), valid_to=None)[:2])
        if len(found) != 1:
            several = _("Several places are called “%(name)s”: write the code.")
            none = _("No place is called “%(name)s”.")
            raise forms.ValidationError((several if found else none) % {"name": said[:60]})
        return found[0]

    def said(self) -> TargetValues:
        cleaned = self.cleaned_data
        options = {
            name.removeprefix("option_"): " ".join(value) if isinstance(value, list) else str(value)
            for name, value in cleaned.items()
            if name.startswith("option_") and value not in (None, "", [])
        }
        return TargetValues(
            title=cleaned["title"],
            measure=self.measure,
            options=options,
            kinds=cleaned["kinds"],
            units=cleaned["units"],
            block=cleaned["block"],
            lines=cleaned["lines"],
            quota=cleaned["quota"],
            quota_kind=Quota.PERCENT if self.share else Quota.NUMBER,
            every=cleaned["every"],
            due=cleaned["due"],
            lead=cleaned["lead"],
            support=cleaned["support"],
            together=cleaned["together"],
            weight=cleaned["weight"],
        )


def _option_field(option: Any) -> forms.Field:
    if option.choices is None:
        return forms.IntegerField(label=option.label, required=option.needed, min_value=0)
    choices = list(option.choices().items())
    if option.several:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=option.label, required=option.needed, choices=choices, widget=widget)
    return forms.ChoiceField(label=option.label, required=option.needed, choices=[("", "—"), *choices])


def target_initial(target: Target, values: TargetValues) -> dict[str, Any]:
    """What stands there, as the form shows it."""
    measure = measure_of(target.measure)
    several = {option.name for option in measure.options if option.several} if measure is not None else set()
    options = {
        f"option_{name}": str(value).split() if name in several else value for name, value in values["options"].items()
    }
    return {
        **{name: values[name] for name in ("title", "kinds", "lines", "quota", "every", "due", "together", "weight")},
        "block": values["block"].code if values["block"] is not None else "",
        **{name: "\n".join(unit.name for unit in values[name]) for name in ("units", "lead", "support")},
        **options,
    }


def measure_choices() -> list[tuple[str, str]]:
    """All that can be counted, and that nothing counts it yet."""
    return [*((slug, str(measure.name)) for slug, measure in sorted(measures().items())), ("", _("not measured yet"))]


class ProofForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_MOST)
    done_on = forms.DateField(
        label=gettext_lazy("Day of the thing itself"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """The matrix's filters; they stand in the address, and what cannot be read is left out."""

    day = forms.DateField(
        label=gettext_lazy("As it was on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    group = forms.ChoiceField(label=gettext_lazy("Columns"), required=False)
    block = forms.ChoiceField(label=gettext_lazy("Block"), required=False)
    line = forms.ChoiceField(label=gettext_lazy("Line"), required=False)
    lead = forms.ChoiceField(label=gettext_lazy("Who leads"), required=False)
    month = forms.ChoiceField(label=gettext_lazy("Due in"), required=False)
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet: the matrix shows how it stands now."))
        return day
