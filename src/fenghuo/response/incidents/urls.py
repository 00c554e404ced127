from django.urls import path

from . import views

app_name = "incidents"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.new, name="new"),
    path("unreadable/", views.quarantine, name="quarantine"),
    path("unreadable/<int:pk>/settle/", views.settle, name="settle"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/facts/", views.supplement, name="supplement"),
    path("<int:pk>/dismiss/", views.dismiss, name="dismiss"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
]
