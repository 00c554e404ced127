from django.urls import path

from .views import orders

app_name = "assignments"
urlpatterns = [
    path("orders/", orders.assignments, name="assignments"),
    path("orders/<str:number>/", orders.assignment, name="assignment"),
    path("orders/<str:number>/<slug:verb>/", orders.do, name="do"),
]
