from django.urls import path

from .views import callbacks

app_name = "messaging"
urlpatterns = [
    path("sms/<str:secret>/receipts", callbacks.receipts, name="receipts"),
    path("sms/<str:secret>/replies", callbacks.replies, name="replies"),
]
