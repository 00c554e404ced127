from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "fenghuo.readiness.plans"
    label = "plans"

    def ready(self) -> None:
        from . import listening  # noqa: F401  (registers itself with the journal)
