from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SubmissionsConfig(AppConfig):
    name = "fenghuo.kernel.submissions"
    label = "submissions"

    def ready(self) -> None:
        autodiscover_modules("submission_kinds")
