from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagingConfig(AppConfig):
    name = "fenghuo.kernel.messaging"
    label = "messaging"

    def ready(self) -> None:
        autodiscover_modules("replies")
