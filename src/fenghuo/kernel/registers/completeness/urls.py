from django.urls import path

from . import views

app_name = "completeness"
urlpatterns = [
    path("", views.units, name="units"),
    path("export/", views.export, name="export"),
    path("units/<str:code>/", views.unit, name="unit"),
]
