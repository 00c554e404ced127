from django.apps import AppConfig


class SitingConfig(AppConfig):
    name = "fenghuo.kernel.maps.siting"
    label = "siting"
