from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "fenghuo.kernel.registers"
    label = "registers"

    def ready(self) -> None:
        autodiscover_modules("register", "completeness")
        from .mapping import offer_layers

        offer_layers()
