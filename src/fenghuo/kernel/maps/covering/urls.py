from django.urls import path

from . import views

app_name = "covering"
urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("coverage.xlsx", views.book, name="book"),
    path("coverage.csv", views.table, name="table"),
]
