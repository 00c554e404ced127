"""How complete the data of each unit are, by rules that are data. Rooms say in completeness.py what can be asked."""

from . import menu, rights, today

__all__ = ["menu", "rights", "today"]
