from django.urls import path

from . import views

app_name = "covering"
urlpatterns = [
    path("/", views.coverage, name="coverage"),
    path(".xlsx", views.book, name="book"),
    path(".csv", views.table, name="table"),
]
