from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "fenghuo.response.incidents"
    label = "incidents"
