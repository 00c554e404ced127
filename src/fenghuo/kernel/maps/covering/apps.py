from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoveringConfig(AppConfig):
    name = "fenghuo.kernel.maps.covering"
    label = "covering"

    def ready(self) -> None:
        autodiscover_modules("covers")
