from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("<int:pk>/preview.jpg", views.preview, name="preview"),
    path("<int:pk>/<str:name>", views.file, name="file"),
]
