from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fenghuo.readiness.organisations"
    label = "organisations"
