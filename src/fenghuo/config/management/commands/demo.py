from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fenghuo.config.demo import RealRecords, drop, load, sign_ins


class Command(BaseCommand):
    help = "demo load: the demo county, anew; demo drop: throw it away. Refuses where real records exist"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        loading = verbs.add_parser("load", help="load the demo county; repeatable, the same from the same seed")
        loading.add_argument("--seed", type=int, default=610118)
        verbs.add_parser("drop", help="remove the demo county and everything done in it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "load":
                count = load(options["seed"])
                self.stdout.write(f"{count} demo records. Sign in as one of:")
                for post, username, password in sign_ins():
                    self.stdout.write(f"  {username:<10} {password}  {post}")
            else:
                self.stdout.write(f"{drop()} demo records removed")
        except RealRecords as error:
            raise CommandError(str(error)) from error
