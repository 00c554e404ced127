from django.apps import AppConfig


class WitnessesConfig(AppConfig):
    name = "fenghuo.kernel.witnesses"
    label = "witnesses"
