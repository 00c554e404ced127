from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fenghuo.config"
    label = "config"
