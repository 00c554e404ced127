from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    name = "fenghuo.kernel.web"
    label = "web"

    def ready(self) -> None:
        autodiscover_modules("rights", "menu", "search", "today", "health", "strip", "history", "unit_part")
