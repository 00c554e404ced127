from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "fenghuo.kernel.documents"
    label = "documents"

    def ready(self) -> None:
        autodiscover_modules("attaching")
