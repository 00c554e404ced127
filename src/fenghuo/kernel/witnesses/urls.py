from django.urls import path

from . import views

app_name = "witnesses"
urlpatterns = [
    path("seals/", views.seals, name="seals"),
    path("seals/proof_check.py", views.checker, name="checker"),
]
