from django.urls import path
from django.views.generic import RedirectView

from . import views

app_name = "duplicates"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="duplicates:pairs"), {"slug": "people"}, name="all"),
    path("<slug:slug>/", views.pairs, name="pairs"),
    path("<slug:slug>/merged/", views.merged, name="merged"),
    path("<slug:slug>/merged/<int:pk>/separate/", views.separate_again, name="separate"),
    path("<slug:slug>/<int:one>/<int:other>/", views.compare, name="compare"),
    path("<slug:slug>/<int:one>/<int:other>/not-same/", views.not_same, name="not_same"),
]
