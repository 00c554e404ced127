from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class IncidentsConfig(AppConfig):
    name = "fenghuo.response.incidents"
    label = "incidents"

    def ready(self) -> None:
        autodiscover_modules("closing", "panels")
