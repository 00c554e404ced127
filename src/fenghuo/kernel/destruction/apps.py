from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DestructionConfig(AppConfig):
    name = "fenghuo.kernel.destruction"
    label = "destruction"

    def ready(self) -> None:
        autodiscover_modules("destroying")
