"""What every register must hold, inherited by each room's tests: who reads, who writes, by page and by machine.

A subclass names the register and makes a row of town a; the cast stands in the small county of tests.county.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post
from fenghuo.kernel.access.models import Account, Post, Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registers.declaring import Register, Row, register_named
from fenghuo.kernel.registers.finding import row_of
from fenghuo.kernel.registers.importing.layouts import Written, layout_of
from fenghuo.kernel.registers.writing import asked_of
from fenghuo.standards.sheets import write_book
from tests.county import County
from tests.workbooks import bring, by_machine, counted, opened

READ, CHANGE = "reads", "changes"
NOTHING = "sees nothing"
# unit, role: what they may do with a row of town a, in a register that is scoped like everything else.
CAST = {
    ("a", "clerk"): CHANGE,  # own unit
    ("emo", "duty_officer"): CHANGE,  # superior
    ("government", "head"): CHANGE,
    ("a", "observer"): READ,  # read-only
    ("emo", "observer"): READ,
    ("village", "head"): NOTHING,  # below
    ("education", "clerk"): NOTHING,  # another line
    ("b", "clerk"): NOTHING,  # another block
    ("neighbour", "duty_officer"): NOTHING,  # stranger
}
# Of an address book everybody reads, and those above change (decision 3).
KNOWN_TO_ALL = {who: READ if may == NOTHING else may for who, may in CAST.items()}


class RegisterSuite:
    """`new`: a row that may be entered in town a, by column. `wrong`: what no column of that name takes."""

    name: ClassVar[str]
    wrong: ClassVar[Mapping[str, Any]]
    new: ClassVar[Mapping[str, Any]]
    cast: ClassVar[Mapping[tuple[str, str], str]] = CAST

    def make(self, county: County) -> Row:
        raise NotImplementedError

    def change(self, place: int) -> dict[str, Any]:
        """By column, something else for each place from 0 to 99."""
        raise NotImplementedError

    def by_machine(self) -> Mapping[str, Any]:
        """`new` as a machine says it, where the room's own API has another form."""
        return self.new

    @property
    def register(self) -> Register:
        found = register_named(self.name)
        assert found is not None
        return found

    def record(self, row: Row) -> Record:
        return Record.objects.get(pk=self.register.record(row).pk)

    def test_who_reads_and_changes_it_on_pages(self, county: County, sign_in: Callable[..., Client]) -> None:
        row = self.make(county)
        page = reverse("registers:row", args=[self.name, row.pk])
        title = self.register.columns[0].kind.show(self.register.columns[0].value(row))
        for place, ((unit, role), may) in enumerate(self.cast.items()):
            client = sign_in(unit, role)
            listed = client.get(reverse("registers:list", args=[self.name])).content.decode()
            assert (title in listed) == (may != NOTHING), (unit, role)
            assert client.get(page).status_code == (404 if may == NOTHING else 200), (unit, role)
            before = self.record(row).version
            said = {**self._form(row), **self.change(place), "version": str(before)}
            answer = client.post(f"{page}change/", said)
            assert answer.status_code == {CHANGE: 302, READ: 403, NOTHING: 404}[may], (unit, role, answer)
            assert (self.record(row).version > before) == (may == CHANGE), (unit, role)
            confirm = client.post(f"{page}confirm/").status_code
            assert confirm == (404 if may == NOTHING or self.register.confirm is None else 302), (unit, role)

    def test_who_reads_and_changes_it_by_machine(self, county: County, client: Client) -> None:
        row = self.make(county)
        for place, ((unit, role), may) in enumerate(self.cast.items()):
            if role == "observer":
                continue
            key = county.key(unit, "registers.read", "registers.write")
            head = {"Authorization": f"Bearer {key}"}
            items = client.get(f"/api/v1/registers/{self.name}?limit=200", headers=head).json()["items"]
            assert (row.pk in [one["id"] for one in items]) == (may != NOTHING), unit
            got = client.get(f"/api/v1/registers/{self.name}/{row.pk}", headers=head)
            assert got.status_code == (404 if may == NOTHING else 200), unit
            said = json.dumps(self.change(place))
            answer = client.patch(
                f"/api/v1/registers/{self.name}/{row.pk}",
                said,
                content_type="application/json",
                headers={**head, "If-Match": str(self.record(row).version)},
            )
            assert answer.status_code == {CHANGE: 200, READ: 403, NOTHING: 404}[may], (unit, answer.content)

    def test_a_key_that_may_only_read_changes_nothing(self, county: County, client: Client) -> None:
        row = self.make(county)
        head = {"Authorization": f"Bearer {county.key('a', 'registers.read')}"}
        path = f"/api/v1/registers/{self.name}/{row.pk}"
        said = json.dumps(self.change(0))
        answer = client.patch(path, said, content_type="application/json", headers={**head, "If-Match": "1"})
        assert answer.status_code == 403
        other = {"Authorization": f"Bearer {county.key('a', 'intake.write')}"}
        assert client.get(path, headers=other).status_code == 403

    def test_what_is_wrong_is_named_and_kept_and_nothing_is_stored(
        self, county: County, sign_in: Callable[..., Client]
    ) -> None:
        row = self.make(county)
        before, entries = self.record(row), Entry.objects.count()
        client = sign_in("emo", "administrator")
        entries = Entry.objects.count()
        page = reverse("registers:change", args=[self.name, row.pk])
        for name, given in self.wrong.items():
            answer = client.post(page, {**self._form(row), name: given, "version": str(before.version)})
            assert answer.status_code == 422, name
            shown = answer.content.decode()
            assert f'id="id_{name}_error"' in shown, name
            assert str(given)[:20] in shown
        assert (self.record(row).version, Entry.objects.count()) == (before.version, entries)

    def test_two_who_change_it_at_once_do_not_overwrite_each_other(
        self, county: County, sign_in: Callable[..., Client]
    ) -> None:
        row = self.make(county)
        version = self.record(row).version
        client = sign_in("emo", "administrator")
        page = reverse("registers:change", args=[self.name, row.pk])
        said = {**self._form(row), "version": str(version)}
        assert client.post(page, {**said, **self.change(0)}).status_code == 302
        late = client.post(page, {**said, **self.change(1)})
        assert late.status_code == 422
        assert "meanwhile" in late.content.decode()

    def test_a_row_is_entered_by_page_and_by_machine(
        self, county: County, sign_in: Callable[..., Client], client: Client
    ) -> None:
        if self.register.create is None:
            pytest.skip("nothing is entered by hand")
        made = sign_in("emo", "administrator").post(reverse("registers:new", args=[self.name]), dict(self.new))
        assert made.status_code == 302, made.content.decode()
        lacking = sign_in("emo", "administrator").post(reverse("registers:new", args=[self.name]), {})
        assert lacking.status_code == 422
        head = {"Authorization": f"Bearer {county.key('emo', 'registers.read', 'registers.write')}"}
        unknown = json.dumps({**self.by_machine(), "colour": "red"})
        path = f"/api/v1/registers/{self.name}"
        answer = client.post(path, unknown, content_type="application/json", headers=head)
        assert answer.status_code == 422
        assert "colour" in [fault["field"] for fault in answer.json()["errors"]]

    def test_the_list_costs_no_more_for_more_rows(
        self,
        county: County,
        sign_in: Callable[..., Client],
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        self.make(county)
        county.post("emo", "duty_officer")  # the shell shows who is on duty, and looks further when nobody is
        client = sign_in("emo", "administrator")
        page = reverse("registers:list", args=[self.name])
        client.get(page)
        with django_assert_max_num_queries(10):
            assert client.get(page).status_code == 200
        for _more in range(5):
            self.make(county)
        sortable = next(column.name for column in self.register.columns if column.sort)
        with django_assert_max_num_queries(10):
            assert client.get(f"{page}?sort=-{sortable}&state=stale&q=a&region=610118007000").status_code == 200

    def test_out_and_in_changes_nothing(
        self, county: County, sign_in: Callable[..., Client], client: Client, settings: Any, tmp_path: Path
    ) -> None:
        settings.IMPORTS = tmp_path
        for _one in range(2):
            self.make(county)
        browser = sign_in("emo", "administrator")
        out = browser.get(reverse("registers:export", args=[self.name]))
        assert out.status_code == 200
        brought = bring(browser, self.name, out.content)
        new, changed, unchanged, wrong = counted(brought.counts)
        assert (new, changed, wrong) == (0, 0, 0), (brought.problems, list(brought.rows.values()))
        assert unchanged >= 2
        key = county.key("emo", "registers.read", "registers.write")
        head = {"Authorization": f"Bearer {key}"}
        by_key = client.get(f"/api/v1/registers/{self.name}.xlsx", headers=head)
        status, said = by_machine(client, key, self.name, by_key.content)
        assert (status, counted(said)[:2], said["wrong"], said["stored"]) == (200, (0, 0), 0, 0), said

    def test_who_brings_workbooks_in_and_takes_them_out(
        self, county: County, sign_in: Callable[..., Client], client: Client, settings: Any, tmp_path: Path
    ) -> None:
        """Who may not write may not import; a workbook holds only what its reader may see."""
        settings.IMPORTS = tmp_path
        row = self.make(county)
        register = self.register
        full = sign_in("emo", "administrator").get(reverse("registers:export", args=[self.name])).content
        first = register.columns[0]
        title = first.kind.show(first.value(row))
        for (unit, role), may in self.cast.items():
            browser = sign_in(unit, role)
            out = browser.get(reverse("registers:export", args=[self.name]))
            cells = [cell.value for line in opened(out.content).worksheets[0].iter_rows() for cell in line]
            assert (title in cells) == (may != NOTHING), (unit, role)
            page = browser.get(reverse("registers:imports", args=[self.name]))
            writes = actor_for_post(Post.objects.get(person__account__username=f"{unit}-{role}")).may(register.write)
            assert page.status_code == (200 if writes else 403), (unit, role)
            file = SimpleUploadedFile("list.xlsx", full)
            sent = browser.post(reverse("registers:imports", args=[self.name]), {"file": file})
            assert sent.status_code == (302 if writes else 403), (unit, role)
        file = SimpleUploadedFile("list.xlsx", full)
        path = f"/api/v1/registers/{self.name}"
        reader = {"Authorization": f"Bearer {county.key('a', 'registers.read')}"}
        assert client.post(f"{path}/import", {"file": file}, headers=reader).status_code == 403
        assert client.get(f"{path}.xlsx", headers=reader).status_code == 200
        other = {"Authorization": f"Bearer {county.key('a', 'intake.write')}"}
        assert client.get(f"{path}.xlsx", headers=other).status_code == 403
        assert Client().get(reverse("registers:export", args=[self.name])).status_code == 302

    def test_a_workbook_changes_only_what_its_bringer_may_change(
        self, county: County, client: Client, settings: Any, tmp_path: Path
    ) -> None:
        settings.IMPORTS = tmp_path
        row = self.make(county)
        register = self.register
        columns = {one.name: one for one in asked_of(register, SYSTEM, new=True)}
        row = row_of(register, SYSTEM, row.pk)
        said = {name: Written().scalar(column, column.value(row)) for name, column in columns.items()}
        said |= self.change(7)
        book = tmp_path / "list.xlsx"
        write_book(book, layout_of(register, SYSTEM), [said])
        before = self.record(row).version
        for (unit, role), may in self.cast.items():
            if role == "observer" or may == CHANGE:
                continue
            key = county.key(unit, "registers.read", "registers.write")
            _status, answer = by_machine(client, key, self.name, book.read_bytes())
            assert (answer["stored"], self.record(row).version) == (0, before), (unit, answer)
        key = county.key("a", "registers.read", "registers.write")
        _status, answer = by_machine(client, key, self.name, book.read_bytes())
        assert (answer["changed"], answer["stored"], answer["errors"]) == (1, 1, []), answer
        assert self.record(row).version > before
        _status, again = by_machine(client, key, self.name, book.read_bytes())
        assert (again["unchanged"], again["stored"]) == (1, 0), again

    def _form(self, row: Row) -> dict[str, str]:
        """What the form shows of a row before anything is typed."""
        row = row_of(self.register, SYSTEM, row.pk)
        return {
            column.name: column.kind.typed(column.value(row))
            for column in self.register.columns
            if column.kept and not column.once
        }


@pytest.fixture
def sign_in(county: County) -> Callable[..., Client]:
    """sign_in("a", "clerk"): a browser of somebody in this post."""
    signed: dict[tuple[str, str], Client] = {}

    def client_of(unit: str, role: str) -> Client:
        if (unit, role) not in signed:
            name = f"{unit}-{role}"
            post = county.account(name, unit, role)
            signed[unit, role] = Client(headers={"accept-language": "en"})
            account = Account.objects.get(person=post.person)
            signed[unit, role].force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        return signed[unit, role]

    return client_of
