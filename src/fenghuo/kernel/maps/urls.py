from django.urls import path

from . import views

app_name = "maps"
urlpatterns = [
    path("base.json", views.base, name="base"),
    path("layers/<slug:name>.json", views.layer, name="layer"),
    path("county.pmtiles", views.tiles, name="tiles"),
]
