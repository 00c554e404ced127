from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "fenghuo.kernel.registry"
    label = "registry"
