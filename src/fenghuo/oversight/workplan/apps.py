from django.apps import AppConfig


class WorkplanConfig(AppConfig):
    name = "fenghuo.oversight.workplan"
    label = "workplan"
