from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "fenghuo.kernel.documents"
    label = "documents"
