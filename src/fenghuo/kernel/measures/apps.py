from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeasuresConfig(AppConfig):
    name = "fenghuo.kernel.measures"
    label = "measures"

    def ready(self) -> None:
        autodiscover_modules("measures")
