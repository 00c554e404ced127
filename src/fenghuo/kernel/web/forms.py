"""How forms look and behave: label, field, help and what is wrong, together; local times; what services refused."""

from django import forms
from django.forms.renderers import TemplatesSetting

from fenghuo.kernel.access.errors import Invalid


class PageForms(TemplatesSetting):
    field_template_name = "web/field.html"


class Moment(forms.DateTimeField):
    """A local time to the second, shown by the browser's own control."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S")
    input_formats = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def show_faults(form: forms.Form, refused: Invalid) -> None:
    """What a service refused, beside its field, or above all when no field is meant."""
    for fault in refused.faults:
        name = fault.field.rpartition(".")[2]
        form.add_error(name if name in form.fields else None, str(fault.message))
    if not refused.faults:
        form.add_error(None, str(refused.message))
