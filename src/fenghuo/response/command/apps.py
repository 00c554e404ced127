from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "fenghuo.response.command"
    label = "command"
