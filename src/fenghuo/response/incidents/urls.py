from django.urls import path

from .views import calls, casualties, incident, incidents, reports, who

app_name = "incidents"
urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", calls.new, name="new"),
    path("reports/new/typing/", calls.typing, name="typing"),
    path("reports/new/drop/", calls.drop, name="drop"),
    path("reports/new/places/", calls.place_options, name="place_options"),
    path("reports/unreadable/", reports.quarantine, name="quarantine"),
    path("reports/unreadable/<int:pk>/", reports.quarantined, name="quarantined"),
    path("reports/unreadable/<int:pk>/settle/", reports.settle, name="settle"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/facts/", reports.supplement, name="supplement"),
    path("reports/<int:pk>/dismiss/", reports.dismiss, name="dismiss"),
    path("reports/<int:pk>/hand-over/", reports.hand_over, name="hand_over"),
    path("reports/<int:pk>/open/", reports.open_incident, name="open"),
    path("reports/<int:pk>/join/", reports.join, name="join"),
    path("records/<int:pk>/look/", who.look, name="look"),
    path("records/<int:pk>/take/", who.take, name="take"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/<str:number>/", incident.incident, name="incident"),
    path("incidents/<str:number>/casualties/", casualties.casualties, name="casualties"),
    path("incidents/<str:number>/casualties/shown/", casualties.shown, name="casualties_shown"),
    path("incidents/<str:number>/casualties/<int:pk>/", casualties.change, name="change_casualty"),
    path("incidents/<str:number>/left-open/", incident.left_open, name="left_open"),
    path("incidents/<str:number>/<slug:verb>/", incident.do, name="do"),
]
