"""Small questions of dispatch, and a plain look at every plan there is, written without looking at the engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import inf

from hypothesis import strategies as st

from fenghuo.decision.dispatch import Cover, Incident, Need, Of, Question, Team

SLUGS = ("medical", "search", "hazmat")
TIMES = st.sampled_from([0.0, 60.0, 300.0, 301.0, 330.0, 1200.0, 5000.0, None, inf])
COUNTS = 2
TIRED_TENTHS, STEP_TENTHS = 9000, 600

type Worth = tuple[int, ...]
type Job = tuple[int, str]  # incident, capability

wanted = st.builds(Need, st.sampled_from(SLUGS), st.integers(0, COUNTS), must=st.booleans(), why=st.sampled_from("ab"))


@st.composite
def questions(
    draw: st.DrawFn,
    *,
    limits: bool = False,
    going: bool = False,
    cover: bool = True,
    weights: tuple[int, ...] = (1, 1, 2, 5),
) -> Question:
    keys = draw(st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True))
    most = st.none() | st.integers(0, 2) if limits else st.none()
    incidents = [
        Incident(key, f"事件{key}", draw(st.lists(wanted, max_size=3)), draw(st.sampled_from(weights)), draw(most))
        for key in keys
    ]
    towards = st.sampled_from([None, *keys]) if going else st.none()
    teams = [
        Team(
            key,
            f"队{key}",
            draw(st.frozensets(st.sampled_from(SLUGS))),
            state=draw(st.sampled_from(["ready"] * 5 + ["resting"])),
            called_today=draw(st.sampled_from([0, 0, 1, 2])),
            of=draw(st.sampled_from([Of.OWN] * 6 + [Of.LINE])),
            going_to=draw(towards),
        )
        for key in draw(st.lists(st.integers(0, 50), max_size=4, unique=True))
    ]
    ids = [team.id for team in teams]
    spots = [
        Cover(
            f"c{place}",
            f"村{place}",
            draw(st.sampled_from([0, 10, 50])),
            draw(st.frozensets(st.sampled_from(ids))) if ids else frozenset(),
            draw(st.sampled_from(["", *SLUGS])),
        )
        for place in range(draw(st.integers(0, 2)) if cover else 0)
    ]
    return Question(incidents, teams, [[draw(TIMES) for _ in incidents] for _ in teams], spots, without=False)


@dataclass
class Look:
    """Every plan of a question and what it is worth, level by level as docs/algorithms/dispatch.md lists them."""

    asked: Question

    def __post_init__(self) -> None:
        self.teams = sorted(self.asked.teams, key=lambda one: one.id)
        self.incidents = sorted(self.asked.incidents, key=lambda one: one.id)
        rows = {one.id: place for place, one in enumerate(self.asked.teams)}
        columns = {one.id: place for place, one in enumerate(self.asked.incidents)}
        self.seconds = {
            (team.id, one.id): self.asked.seconds[rows[team.id]][columns[one.id]]
            for team in self.teams
            for one in self.incidents
        }
        self.jobs: dict[Job, list[int]] = {}
        for one in self.incidents:
            for need in one.needs:
                self.jobs.setdefault((one.id, need.capability), [0, 0])[0 if need.must else 1] += need.count
        self.keepable = sum(
            min(sum(counts), sum(team.going_to == key and self.can(team, (key, name)) for team in self.teams))
            for (key, name), counts in self.jobs.items()
        )

    def best(self) -> Worth:
        return min(self.worths())

    def can(self, team: Team, job: Job) -> bool:
        may = team.of is Of.OWN and (team.free or team.going_to is not None)
        return may and job[1] in team.capabilities and self.seconds[team.id, job[0]] != inf

    def worths(self) -> Iterator[Worth]:
        ways = [
            [
                None,
                *(one for one in self.incidents if any(self.can(team, job) for job in self.jobs if job[0] == one.id)),
            ]
            for team in self.teams
        ]
        for way in product(*ways):
            sent = [(team, one) for team, one in zip(self.teams, way, strict=True) if one]
            options = [list(self._shares(job, sent)) for job in self.jobs]
            for shares in product(*options):
                if self._within_limits(sent, shares):
                    yield self._worth(sent, shares)

    def _shares(
        self, job: Job, sent: list[tuple[Team, Incident]]
    ) -> Iterator[tuple[Job, tuple[Team, ...], tuple[Team, ...]]]:
        """Who holds a must and who a should. Nobody who is there stands idle while something is unmet."""
        must, should = self.jobs[job]
        here = [team for team, one in sent if one.id == job[0] and job[1] in team.capabilities]
        for musts in combinations(here, min(must, len(here))):
            rest = [team for team in here if team not in musts]
            for shoulds in combinations(rest, min(should, len(rest))):
                yield job, musts, shoulds

    def _within_limits(
        self, sent: list[tuple[Team, Incident]], shares: tuple[tuple[Job, tuple[Team, ...], tuple[Team, ...]], ...]
    ) -> bool:
        for one in self.incidents:
            here = [team.id for team, at in sent if at is one and team.going_to != one.id]
            holding = {team.id for job, musts, _shoulds in shares if job[0] == one.id for team in musts}
            if one.most is not None and len(here) > one.most and set(here) - holding:
                return False
        return True

    def _worth(
        self, sent: list[tuple[Team, Incident]], shares: tuple[tuple[Job, tuple[Team, ...], tuple[Team, ...]], ...]
    ) -> Worth:
        weight = {one.id: one.weight for one in self.incidents}
        unmet, unknown, total = [0, 0], [0, 0], [0, 0]
        latest, tenths_all, kept = 0, 0, 0
        for job, *held in shares:
            for kind in (0, 1):
                unmet[kind] += weight[job[0]] * (self.jobs[job][kind] - len(held[kind]))
                for team in held[kind]:
                    kept += team.going_to == job[0]
                    seconds = self.seconds[team.id, job[0]]
                    if seconds is None:
                        unknown[kind] += 1
                        continue
                    tenths = round(10 * seconds) + (TIRED_TENTHS if team.called_today >= 2 else 0)
                    steps = max(1, -(-tenths // STEP_TENTHS))
                    total[kind] += weight[job[0]] * steps
                    tenths_all += tenths
                    latest = latest if kind else max(latest, steps)
        return (
            unmet[0],
            self.keepable - kept,
            unknown[0],
            latest,
            total[0],
            unmet[1],
            unknown[1],
            total[1],
            self._lost({team.id for team, _one in sent}),
            tenths_all,
            sum(team.called_today for team, _one in sent),
            len(sent),
            sum(1 + self.teams.index(team) for team, _one in sent),
            sum((1 + self.teams.index(team)) * (1 + self.incidents.index(one)) for team, one in sent),
        )

    def _lost(self, gone: set[int]) -> int:
        lost = 0
        for spot in self.asked.cover:
            home = {
                team.id
                for team in self.teams
                if team.id in spot.teams
                and team.of is Of.OWN
                and team.free
                and team.going_to is None
                and (not spot.capability or spot.capability in team.capabilities)
            }
            lost += spot.people if home and home <= gone else 0
        return lost
