from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "fenghuo.kernel.access"
    label = "access"

    def ready(self) -> None:
        from fenghuo.kernel.access import checks  # noqa: F401 - registers the system checks

        autodiscover_modules("rights")
