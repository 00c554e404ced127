"""Who listens hears exactly what they may see, from where they were, and nothing after they may not."""

import asyncio
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post
from fenghuo.kernel.access.models import Account, Post
from fenghuo.kernel.assignments.receivers import addressees
from fenghuo.kernel.assignments.services import Order, issue
from fenghuo.kernel.journal.models import Unnumbered
from fenghuo.kernel.journal.selectors import head
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.registry.services import appoint, end_post
from fenghuo.kernel.web.live import LiveStream, hub, stream
from fenghuo.kernel.web.live.telling import Line
from fenghuo.response.incidents.services import add_note, open_incident
from tests.county import SINCE, County
from tests.listening import Ear, ask, do, listen, run, sign_in


@pytest.fixture
def town(fresh_database: None, new_county: Callable[[], County], settings: object) -> County:
    settings.NODE = "610118000000"  # type: ignore[attr-defined]
    return new_county()


def post_of(county: County, unit: str, role: str = "clerk") -> Post:
    return Post.objects.select_related("unit__region", "unit__record", "person").get(pk=county.post(unit, role).pk)


def report_in(county: County, address: str) -> int:
    return int(county.report(location={"address": address}).pk)


def test_who_looks_on_waits_for_no_sequencer(town: County) -> None:
    """On PostgreSQL the reader of the stream gives the positions itself; nobody else does it here."""
    session = sign_in(post_of(town, "emo"))

    def reported() -> int:
        try:
            return report_in(town, "草堂街道")
        finally:
            connection.close()

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        for _ in range(3):
            await ear.hears(await asyncio.to_thread(reported))

    run(work)
    assert not Unnumbered.objects.exists()
    assert verify().ok


def test_each_hears_what_concerns_them_and_nothing_else(town: County) -> None:
    sessions = {name: sign_in(post_of(town, name)) for name in ("emo", "a", "b", "village", "transport", "education")}

    async def work(live: LiveStream) -> None:
        ears = {name: await listen(live, session) for name, session in sessions.items()}
        in_a = await do(lambda: report_in(town, "草堂街道"))
        in_b = await do(lambda: report_in(town, "余下街道"))
        end = await do(lambda: town.report(location={"address": ""}).pk)
        await ears["emo"].hears(end)
        await ears["transport"].hears(end)  # every one is a road accident, its line
        await ears["a"].hears(in_a)
        await ears["b"].hears(in_b)
        assert {in_a, in_b, end} <= set(ears["emo"].records())
        assert in_b not in ears["a"].records()
        assert in_a not in ears["b"].records()
        assert ears["village"].records() == ears["education"].records() == []

    run(work)


def test_what_is_newly_shared_is_heard_from_then_on(town: County) -> None:
    desk = actor_for_post(post_of(town, "emo", "duty_officer"))
    session = sign_in(post_of(town, "b"))
    to = town.units["b"].pk

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        incident = await do(lambda: open_incident([town.report()], by=desk))
        await do(lambda: add_note(incident, by=desk, text="尚未派出"))
        await do(lambda: issue(incident, [Order(addressees(desk, [to])[to], "派车")], by=desk))
        await ear.until(lambda ear: bool(ear.records()))
        assert notes(ear) == 0
        await do(lambda: add_note(incident, by=desk, text="已经派出"))
        await ear.until(lambda ear: notes(ear) > 0)
        assert notes(ear) == 1

    run(work)


def notes(ear: Ear) -> int:
    return sum(data["verb"] == "incident.noted" for _position, data in ear.events())


def test_a_new_post_gives_its_sight_at_once_and_in_order(town: County) -> None:
    post = post_of(town, "village", "head")
    session = sign_in(post)

    @transaction.atomic
    def move() -> Post:
        end_post(post, by=SYSTEM, on=date.today() - timedelta(days=1))
        return appoint(post.person, by=SYSTEM, unit=town.units["b"], role="clerk", since=SINCE)

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        before = await do(lambda: report_in(town, "余下街道"))
        await do(move)
        after = await do(lambda: report_in(town, "余下街道"))
        position = await do(head)
        await ear.until(lambda ear: bool(ear.events("reload")))
        last, data = ear.events("reload")[-1]
        assert data["why"] == "sight"
        if last < position:  # else what came meanwhile is fetched with everything that is fetched anew
            await ear.hears(after)
        await ear.hears(await do(lambda: report_in(town, "余下街道")))
        assert before not in ear.records()

    run(work)


def test_an_ended_post_ends_the_stream(town: County) -> None:
    post = post_of(town, "a")
    session = sign_in(post)

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        await do(lambda: end_post(post, by=SYSTEM, on=date.today() - timedelta(days=1)))
        late = await do(lambda: report_in(town, "草堂街道"))
        await ear.until(lambda ear: ear.ended)
        assert late not in ear.records()
        assert (await listen(live, session)).status == 401

    run(work)


@pytest.mark.parametrize("how", ["signed out", "ran out", "blocked", "new password"])
def test_who_is_signed_out_or_blocked_hears_no_more(town: County, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(stream, "LOOK_AGAIN", 0.3)
    post = post_of(town, "emo")
    session = sign_in(post)
    account = Account.objects.filter(person=post.person)

    def end() -> None:
        if how == "signed out":
            Session.objects.filter(pk=session).delete()
        elif how == "ran out":
            Session.objects.filter(pk=session).update(expire_date=timezone.now() - timedelta(seconds=1))
        elif how == "blocked":
            account.update(is_active=False)
        else:
            account.update(password="something else")

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        await do(end)
        await ear.until(lambda ear: ear.ended)
        assert (await ask(live, session)).status == 401

    run(work)


def test_another_post_chosen_elsewhere_changes_what_is_heard(town: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LOOK_AGAIN", 0.3)
    first = post_of(town, "a")
    second = appoint(first.person, by=SYSTEM, unit=town.units["b"], role="clerk", since=SINCE)
    session = sign_in(first, post=first.pk)

    def choose() -> None:
        store = SessionStore(session)
        store["post"] = second.pk
        store.save()

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session)
        await do(choose)
        await ear.until(lambda ear: bool(ear.events("reload")))
        wrong = await do(lambda: report_in(town, "草堂街道"))
        right = await do(lambda: report_in(town, "余下街道"))
        await ear.hears(right)
        assert wrong not in ear.records()

    run(work)


@pytest.mark.parametrize("read_back", [0, 1000])
def test_it_takes_up_where_it_was_cut(town: County, monkeypatch: pytest.MonkeyPatch, read_back: int) -> None:
    """From memory, and from the database where memory does not reach back (0)."""
    monkeypatch.setattr(hub, "READ_BACK", read_back)
    session, clerk = sign_in(post_of(town, "emo")), sign_in(post_of(town, "a"))
    start = head()
    wanted = [town.report().pk for _ in range(3)]
    elsewhere = report_in(town, "余下街道")

    async def work(live: LiveStream) -> None:
        by_header = await listen(live, session, last_event_id=str(start))
        by_query = await listen(live, session, f"after={start}")
        header_first = await listen(live, session, "after=999999999", last_event_id=str(start))
        scoped = await listen(live, clerk, f"after={start}")
        for ear in (by_header, by_query, header_first):
            await ear.hears(elsewhere)
            told = [data["records"][0] for _position, data in ear.events() if data["verb"] == "report.received"]
            assert told == [*wanted, elsewhere]
            positions = [position for position, _data in ear.events()]
            assert positions == sorted(positions)
            assert min(positions) > start
        await scoped.hears(wanted[-1])
        assert elsewhere not in scoped.records()
        new = await do(lambda: town.report().pk)
        for ear in (by_header, by_query, header_first, scoped):
            await ear.hears(new)
            assert ear.records().count(new) == 1

    run(work)


def test_who_is_too_far_behind_is_told_once_to_fetch_everything(town: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_BEHIND", 2)
    session = sign_in(post_of(town, "emo"))
    for _ in range(4):
        town.report()

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session, "after=0")
        await ear.until(lambda ear: bool(ear.events("reload")))
        assert ear.events("reload") == [(head_now := ear.events("reload")[0][0], {"why": "behind"})]
        new = await do(lambda: town.report().pk)
        await ear.hears(new)
        assert set(ear.records()) >= {new}
        assert all(position > head_now for position, _data in ear.events())

    run(work)


def test_a_position_from_the_future_begins_now_and_says_so(town: County) -> None:
    """Of another installation, or of this one before it was restored."""
    session = sign_in(post_of(town, "emo"))

    async def work(live: LiveStream) -> None:
        ear = await listen(live, session, last_event_id="900000000000")
        await ear.until(lambda ear: bool(ear.events("reload")))
        assert ear.events("reload")[0][1] == {"why": "position"}
        await ear.hears(await do(lambda: town.report().pk))

    run(work)


@pytest.mark.parametrize("given", ["-1", "abc", "1.5", "%EF%BC%91%EF%BC%92", "9" * 30, "1%20OR%201"])
def test_what_is_no_position_is_refused_by_name(town: County, given: str) -> None:
    session = sign_in(post_of(town, "emo"))

    async def work(live: LiveStream) -> None:
        for ear in (await listen(live, session, f"after={given}"), await ask(live, session, f"after={given}")):
            await ear.until(lambda ear: ear.ended)
            assert ear.status == 422
            assert b'"field":"after"' in ear.body

    run(work)


def test_asking_now_and_then_gives_the_same(town: County) -> None:
    session, clerk = sign_in(post_of(town, "emo")), sign_in(post_of(town, "b"))

    async def work(live: LiveStream) -> None:
        first = json_of(await ask(live, session))
        assert first["entries"] == []
        after = first["position"]
        nothing = await ask(live, session, f"after={after}")
        assert (nothing.status, nothing.body) == (204, b"")
        assert nothing.headers[b"last-event-id"] == str(after).encode()
        report = await do(lambda: report_in(town, "草堂街道"))
        told = json_of(await ask(live, session, f"after={after}"))
        assert report in [record for entry in told["entries"] for record in entry["records"]]
        assert told["position"] > after
        hidden = await ask(live, clerk, f"after={after}")
        assert hidden.status == 204
        assert int(hidden.headers[b"last-event-id"]) > after  # what does not concern them is not looked at again
        assert json_of(await ask(live, session, "after=900000000000"))["reload"] is True
        assert (await ask(live, "nobody", "after=0")).status == 401

    run(work)


def json_of(ear: Ear) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ear.body)
    return found


def test_a_client_that_does_not_read_keeps_nobody_waiting_and_is_let_go(
    town: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "PATIENCE", 0.5)
    monkeypatch.setattr(stream, "LOOK_AGAIN", 0.3)
    session = sign_in(post_of(town, "emo"))

    async def work(live: LiveStream) -> None:
        stopped, other = await listen(live, session), await listen(live, session)
        stopped.reads.clear()
        for _ in range(3):
            await other.hears(await do(lambda: town.report().pk))
        await stopped.until(lambda ear: live.open == 1)
        assert stopped.records() == []
        await other.hears(await do(lambda: town.report().pk))

    run(work)


def test_many_with_the_same_sight_are_told_by_one_text(town: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """How often sight is asked grows with the sights, not with the listeners."""
    asked: list[Actor] = []
    text_for = Line.text_for

    def counted(line: Line, actor: Actor) -> str:
        asked.append(actor)
        return text_for(line, actor)

    monkeypatch.setattr(Line, "text_for", counted)
    sessions = [sign_in(post_of(town, name)) for name in ("emo", "a")]

    async def work(live: LiveStream) -> None:
        ears = [await listen(live, session) for session in sessions for _ in range(20)]
        asked.clear()
        report = await do(lambda: report_in(town, "草堂街道"))
        for ear in ears:
            await ear.hears(report)
        assert 0 < len(asked) < len(ears)

    run(work)
