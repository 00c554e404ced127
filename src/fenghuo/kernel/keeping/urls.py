from django.urls import path

from . import views

app_name = "keeping"
urlpatterns = [
    path("", views.backups, name="backups"),
    path("<int:pk>/removed/", views.removed, name="removed"),
]
