from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.web.forms import Moment
from fenghuo.standards.submission_kinds import SubmissionRule

from .kinds import Enclosed, item_name
from .models import Remark
from .services.correcting import answer_field

AREA = forms.Textarea(attrs={"rows": 2})
ON_PAPER = "paper"


def _when() -> Moment:
    return Moment(label=_("At (empty: now)"), required=False)


class Empty(forms.Form):
    """A verb that needs no words."""


class AcceptForm(forms.Form):
    note = forms.CharField(label=_("Note to the sender"), max_length=2000, required=False, widget=AREA)
    happened_at = _when()


class AcceptOutsideForm(AcceptForm):
    receipt = forms.CharField(label=_("Number that the authority gave"), max_length=64, required=False)


class RemarkForm(forms.Form):
    item = forms.ChoiceField(label=_("About which part"), required=False)
    text = forms.CharField(label=_("What is wrong"), max_length=2000, widget=AREA)

    def __init__(self, *args: Any, items: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", gettext("the whole")),
            *((item, item_name(item)) for item in items),
        ]


class ReturnForm(forms.Form):
    """The reason, and a remark for each item of the checklist that lacks something."""

    reason = forms.CharField(
        label=_("What is lacking, all of it at once"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    happened_at = _when()

    def __init__(self, *args: Any, items: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            label = gettext("Remark on: %(item)s") % {"item": item_name(item)}
            self.fields[f"remark_{item}"] = forms.CharField(label=label, max_length=2000, required=False)

    def remarks(self) -> list[tuple[str, str]]:
        """(item, text) of those that were filled in."""
        said = self.cleaned_data
        return [(item, said[f"remark_{item}"]) for item in self.items if said.get(f"remark_{item}")]


class ForwardForm(forms.Form):
    note = forms.CharField(label=_("Note to the next level"), max_length=2000, required=False, widget=AREA)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=2000, widget=AREA)


class EnclosedForm(forms.Form):
    """Which file stands for which item of the checklist; what is left lies in it as well."""

    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=AREA)

    def __init__(
        self,
        *args: Any,
        rules: Sequence[SubmissionRule],
        files: Sequence[Attachment],
        before: Iterable[Enclosed] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of_paper = list(files)
        self.items = list(dict.fromkeys(item for rule in rules for item in rule.papers))
        needed = {item for rule in rules for item in rule.needed}
        chosen = {one.item: str(one.attachment) if one.attachment else ON_PAPER for one in before if one.item}
        choices = [
            ("", "—"),
            *((str(file.pk), file.name) for file in self.of_paper),
            (ON_PAPER, gettext("lies there on paper")),
        ]
        guess = str(self.of_paper[0].pk) if len(self.of_paper) == 1 else ""
        for item in self.items:
            self.fields[f"item_{item}"] = forms.ChoiceField(
                label=item_name(item),
                choices=choices,
                required=item in needed,
                initial=chosen.get(item, guess if item in needed else ""),
                error_messages={"required": gettext("choose a file, or say that it lies there on paper")},
            )
        self.order_fields([f"item_{item}" for item in self.items])

    def enclosed(self) -> list[Enclosed]:
        found = []
        for item in self.items:
            value = self.cleaned_data.get(f"item_{item}")
            if value:
                found.append(Enclosed(item, None if value == ON_PAPER else int(value)))
        taken = {one.attachment for one in found}
        return [*found, *(Enclosed("", file.pk) for file in self.of_paper if file.pk not in taken)]


class CorrectForm(EnclosedForm):
    """What was done about each remark, and what lies in it now: all that came back, in one form."""

    def __init__(self, *args: Any, remarks: Sequence[Remark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remarks = list(remarks)
        for one in self.remarks:
            text = one.text or gettext("(destroyed)")
            label = gettext("%(item)s: %(text)s") % {"item": item_name(one.item), "text": text} if one.item else text
            self.fields[answer_field(one.pk)] = forms.CharField(
                label=gettext("%(item)s: %(text)s") % {"item": item_name(one.item), "text": label}
                if one.item
                else label,
                help_text=gettext("What was done about it"),
                initial=one.answer,
                max_length=2000,
                required=False,
                widget=AREA,
            )
        self.order_fields([answer_field(one.pk) for one in self.remarks])

    def answers(self) -> dict[int, str]:
        """By key of the remark, those that were filled in."""
        said = ((one.pk, self.cleaned_data.get(answer_field(one.pk), "")) for one in self.remarks)
        return {pk: text for pk, text in said if text}


class SendForm(EnclosedForm):
    subject = forms.ChoiceField(label=_("Line"), required=False)
    partly = forms.BooleanField(label=_("Send what can go now; the rest stays visible as a gap"), required=False)

    def __init__(self, *args: Any, subjects: Sequence[tuple[str, str]] = (), gaps: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(subjects) > 1:
            self.fields["subject"].choices = [("", gettext("the main one")), *subjects]  # type: ignore[attr-defined]
        else:
            del self.fields["subject"]
        if not gaps:
            del self.fields["partly"]


class ByHandForm(EnclosedForm):
    brought_by = forms.CharField(label=_("Who brought it"), max_length=120)
    happened_at = Moment(label=_("When it came"))


class HandForm(SendForm):
    brought_by = forms.CharField(label=_("Who brought it"), max_length=120)
    happened_at = Moment(label=_("When it came"))
