"""The plan that the product was built for, as a file: fenghuo workplan load, and the demo county's year."""

from importlib.resources import files


def seed_text() -> str:
    return files(__package__).joinpath("work-plan.toml").read_text(encoding="utf-8")
