import json
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import ValidationError

from fenghuo.decision.kinds import Kind, kinds
from fenghuo.decision.questions import BadQuestion
from fenghuo.kernel.access.errors import Fault
from fenghuo.kernel.web.machine.problems import problem, to_json
from fenghuo.kernel.web.machine.reading import add_reason, faults_of

MOST_BYTES = 256 * 1024 * 1024
REFUSED, WRONG_USE = 1, 2  # a question that cannot be used; a command line that names none
MOST_FAULTS = 50
LANGUAGES = {"zh": "zh-hans", "en": "en"}

add_reason("extra_forbidden", lambda: _("is not known here; --schema lists what is"))
add_reason("one_measure", lambda: _("must say either minutes or metres"))
add_reason("list_type", lambda: _("must be a list"))
add_reason("dict_type", lambda: _("must be an object"))
add_reason("model_type", lambda: _("must be an object"))
add_reason("bool_type", lambda: _("must be true or false"))
add_reason("date_from_datetime_parsing", lambda: _("must be a day like 2026-05-12"))
add_reason("date_type", lambda: _("must be a day like 2026-05-12"))


class Command(BaseCommand):
    help = "Puts a question to the decision core and prints its proposal as JSON; nothing is stored"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(kinds()), metavar="KIND", help=", ".join(sorted(kinds())))
        parser.add_argument("file", nargs="?", metavar="FILE.json", help="the question; - is standard input")
        parser.add_argument("--schema", action="store_true", help="the JSON Schemas of question and answer, an example")
        parser.add_argument("--language", choices=tuple(LANGUAGES), default="zh", help="of what is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = kinds()[options["kind"]]
        with override(LANGUAGES[options["language"]]):
            if options["schema"]:
                self.stdout.write(json.dumps(kind.schema(), ensure_ascii=False, indent=2))
            elif not options["file"]:
                words = _("Name the file with the question, or ask with --schema what it must look like.")
                self._refuse(words, code=WRONG_USE)
            else:
                self.stdout.write(self._answer(kind, options["file"], options["language"]))

    def _answer(self, kind: Kind[Any], file: str, language: str) -> str:
        try:
            text = self._read(file)
            return to_json(kind.answered(text).model_dump(mode="json"))
        except OSError as error:
            self._refuse(f"{file}: {error.strerror}")
        except ValidationError as error:
            faults = [Fault(_bracketed(one.field), one.message, one.given) for one in faults_of(error)]
            self._refuse("", faults[:MOST_FAULTS])
        except BadQuestion as bad:
            self._refuse("", [Fault(one.field, one.said(language), one.given) for one in bad.faults])

    def _read(self, file: str) -> bytes:
        if file == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        path = Path(file)
        if path.stat().st_size > MOST_BYTES:
            self._refuse(_("%(file)s is larger than 256 MB.") % {"file": file})
        return path.read_bytes()

    def _refuse(self, detail: str, faults: list[Fault] | None = None, *, code: int = REFUSED) -> NoReturn:
        """Prints the problem document and ends."""
        said = detail or _("The question cannot be used. Correct what is named; --schema says what it must look like.")
        self.stdout.write(to_json(problem(422, said, faults=faults or [])))
        sys.exit(code)


def _bracketed(field: str) -> str:
    """`demands[3].people` for demands.3.people, as the decisions themselves name fields."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", field)
