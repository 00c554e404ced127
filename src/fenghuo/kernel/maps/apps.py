from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MapsConfig(AppConfig):
    name = "fenghuo.kernel.maps"
    label = "maps"

    def ready(self) -> None:
        from . import presenting  # noqa: F401 - adds the layer of closed roads

        autodiscover_modules("layers")
