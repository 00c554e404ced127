from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "fenghuo.gateway"
    label = "gateway"
