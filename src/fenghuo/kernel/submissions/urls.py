from django.urls import path

from .views import one

app_name = "submissions"
urlpatterns = [path("submissions/<str:number>/", one.submission, name="submission")]
