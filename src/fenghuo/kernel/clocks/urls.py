from django.urls import path

from .views import clocks, days_off, rules, statistics

app_name = "clocks"
urlpatterns = [
    path("", clocks.clocks, name="clocks"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/table.csv", statistics.table, name="table"),
    path("rules/", rules.all_rules, name="rules"),
    path("rules/new/", rules.change, name="new_rule"),
    path("rules/own/<int:pk>/withdraw/", rules.withdraw, name="withdraw_rule"),
    # An id from a county's file may hold any sign but a blank.
    path("rules/<path:name>/change/", rules.change, name="change_rule"),
    path("rules/<path:name>/", rules.rule, name="rule"),
    path("days-off/", days_off.days_off, name="days_off"),
    path("<int:pk>/", clocks.clock, name="clock"),
    path("<int:pk>/<slug:verb>/", clocks.do, name="do"),
]
