"""What a service refused, shown on the form it came from."""

from django import forms

from fenghuo.kernel.access.errors import Invalid


def show_faults(form: forms.Form, refused: Invalid) -> None:
    """Beside its field, or above all when no field is meant."""
    for fault in refused.faults:
        name = fault.field.removeprefix("figures.")
        form.add_error(name if name in form.fields else None, str(fault.message))
    if not refused.faults:
        form.add_error(None, str(refused.message))
