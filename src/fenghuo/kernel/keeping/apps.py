from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "fenghuo.kernel.keeping"
    label = "keeping"
