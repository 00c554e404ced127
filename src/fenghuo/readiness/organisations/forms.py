"""What is chosen and written here; the services read it once more."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.models import Post


class StandInForm(forms.Form):
    """Both posts are of one unit."""

    post = forms.TypedChoiceField(label=_("Post"), coerce=int)
    deputy = forms.TypedChoiceField(label=_("Stood in for by"), coerce=int)

    def __init__(self, data: Any = None, *, posts: Sequence[Post]) -> None:
        super().__init__(data)
        words = [("", "")] + [
            (post.pk, f"{post.person.name} {post.title or post.get_role_display()}") for post in posts
        ]
        for name in ("post", "deputy"):
            self.fields[name].choices = words  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Written in the name of your unit. Whoever has no mobile telephone is shown as not reached."),
    )
