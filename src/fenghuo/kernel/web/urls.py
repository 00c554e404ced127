from django.urls import path

from . import health
from .views import pages, session

app_name = "web"
urlpatterns = [
    path("", pages.today, name="today"),
    path("search/", pages.search, name="search"),
    path("units/options/", pages.unit_options, name="unit_options"),
    path("units/<str:code>/", pages.unit, name="unit"),
    path("regions/", pages.regions, name="regions"),
    path("post/", session.post, name="post"),
    path("demo/", session.demo, name="demo"),
    path("language/", session.language, name="language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
