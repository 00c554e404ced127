from django.urls import path

from . import health
from .views import history, journal, pages, regions, session

app_name = "web"
urlpatterns = [
    path("", pages.today, name="today"),
    path("search/", pages.search, name="search"),
    path("units/options/", pages.unit_options, name="unit_options"),
    path("units/<str:code>/", pages.unit, name="unit"),
    path("regions/", regions.regions, name="regions"),
    path("records/<int:pk>/history/", history.history, name="history"),
    path("journal/", journal.journal, name="journal"),
    path("journal/who/", journal.who_options, name="journal_who"),
    path("journal/export/", journal.export, name="journal_export"),
    path("journal/<int:position>/", journal.entry, name="journal_entry"),
    path("journal/<int:position>/private/", journal.private, name="journal_private"),
    path("post/", session.post, name="post"),
    path("demo/", session.demo, name="demo"),
    path("language/", session.language, name="language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
