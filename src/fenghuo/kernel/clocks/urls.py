from django.urls import path

from .views import clocks, statistics

app_name = "clocks"
urlpatterns = [
    path("", clocks.clocks, name="clocks"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/table.csv", statistics.table, name="table"),
    path("<int:pk>/", clocks.clock, name="clock"),
    path("<int:pk>/<slug:verb>/", clocks.do, name="do"),
]
