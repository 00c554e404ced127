from django.urls import path

from . import views

app_name = "siting"
urlpatterns = [
    path("siting/", views.siting, name="siting"),
    path("siting/paper/", views.paper, name="paper"),
    path("siting.xlsx", views.book, name="book"),
]
