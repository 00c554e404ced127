"""What `fenghuo journal …` can do beyond verify and prove: rooms add theirs in journal_commands.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

type Arguments = Callable[[CommandParser], None]
type Run = Callable[[BaseCommand, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Verb:
    help: str
    arguments: Arguments
    run: Run


verbs: dict[str, Verb] = {}


def verb(name: str, help: str, arguments: Arguments) -> Callable[[Run], Run]:
    """Register `fenghuo journal <name>`."""

    def add(run: Run) -> Run:
        if name in verbs:
            raise ValueError(f"journal {name} is there twice")
        verbs[name] = Verb(help, arguments, run)
        return run

    return add
