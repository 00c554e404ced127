"""Words of papers in templates."""

from django import template

from ..kinds import item_name
from ..models import State

register = template.Library()


@register.simple_tag
def paper_item(item: str) -> str:
    return item_name(item)


@register.simple_tag
def paper_state(state: str) -> str:
    return str(State(state).label)
