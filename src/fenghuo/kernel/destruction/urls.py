from django.urls import path

from .views import orders, records

app_name = "destruction"
urlpatterns = [
    path("", orders.orders, name="orders"),
    path("new/", orders.new, name="new"),
    path("rules/", records.rules, name="rules"),
    path("records/<int:pk>/", records.record, name="record"),
    path("records/<int:pk>/hold/", records.hold, name="hold"),
    path("records/<int:pk>/lift/", records.lift, name="lift"),
    path("of/<int:pk>/", orders.by_record, name="by_record"),
    path("<int:no>/", orders.order, name="order"),
    path("<int:no>/confirm/", orders.confirm, name="confirm"),
    path("<int:no>/cancel/", orders.cancel, name="cancel"),
]
