from django.urls import path

from .views import asking, base, closures

app_name = "maps"
urlpatterns = [
    path("base.json", base.base, name="base"),
    path("", base.county, name="county"),
    path("layers/", base.layer_choices, name="layers"),
    path("layers/<slug:name>.json", base.layer, name="layer"),
    path("county.pmtiles", base.tiles, name="tiles"),
    path("route.json", asking.route, name="route"),
    path("reach.json", asking.reach, name="reach"),
    path("what-if.json", asking.what_if, name="what_if"),
    path("closures/", closures.closures, name="closures"),
    path("closures/new/", closures.new, name="new_closure"),
    path("closures/<str:number>/", closures.closure, name="closure"),
    path("closures/<str:number>/change/", closures.change, name="change_closure"),
    path("closures/<str:number>/lift/", closures.lift, name="lift_closure"),
]
