from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MapsConfig(AppConfig):
    name = "fenghuo.kernel.maps"
    label = "maps"

    def ready(self) -> None:
        autodiscover_modules("layers")
