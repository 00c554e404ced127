from django.urls import path

from .views import callbacks, outbox, unusable

app_name = "messaging"
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("unusable/", unusable.unusable, name="unusable"),
    path("unusable/<int:pk>/", unusable.unusable_one, name="unusable_one"),
    path("unusable/<int:pk>/settle/", unusable.settle, name="settle_incoming"),
    path("<int:pk>/", outbox.message, name="message"),
    path("<int:pk>/again/", outbox.again, name="again"),
    path("<int:pk>/settle/", outbox.settle, name="settle"),
    path("<int:pk>/approve/", outbox.approve, name="approve"),
    path("<int:pk>/read/", outbox.read, name="read"),
    path("sms/<str:secret>/receipts", callbacks.receipts, name="receipts"),
    path("sms/<str:secret>/replies", callbacks.replies, name="replies"),
]
