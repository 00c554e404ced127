"""Short addresses, since they go out by text message."""

from django.urls import path

from .views import links

urlpatterns = [
    path("o/worker.js", links.worker, name="link_worker"),
    path("o/<str:secret>", links.link, name="link"),
]
