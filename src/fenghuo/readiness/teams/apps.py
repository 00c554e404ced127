from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "fenghuo.readiness.teams"
    label = "teams"
