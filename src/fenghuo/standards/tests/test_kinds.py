from fenghuo.standards.kinds import KINDS
from fenghuo.standards.subjects import SUBJECTS


def test_every_kind_concerns_a_known_subject() -> None:
    for kind in KINDS.values():
        assert kind.subjects, kind.slug
        assert set(kind.subjects) <= set(SUBJECTS), kind.slug


def test_names_are_there_in_both_languages_and_differ() -> None:
    assert all(kind.zh and kind.en for kind in KINDS.values())
    assert len({kind.zh for kind in KINDS.values()}) == len({kind.en for kind in KINDS.values()}) == len(KINDS)


def test_a_traffic_crash_concerns_police_transport_and_health() -> None:
    assert KINDS["road_traffic"].subjects == ("public_security", "transport", "health")
