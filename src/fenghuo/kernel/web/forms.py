"""How forms look: label, field, help and what is wrong, together."""

from django.forms.renderers import TemplatesSetting


class PageForms(TemplatesSetting):
    field_template_name = "web/field.html"
