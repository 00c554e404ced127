from django.urls import path

from .views import keeping, register

app_name = "teams"
urlpatterns = [
    path("", register.teams, name="teams"),
    path("new/", keeping.new, name="new"),
    path("<str:number>/", register.team, name="team"),
    path("<str:number>/change/", keeping.change, name="change"),
    path("<str:number>/contacts/", keeping.contacts, name="contacts"),
    path("<str:number>/state/", keeping.state, name="state"),
    path("<str:number>/confirm/", keeping.confirm, name="confirm"),
    path("<str:number>/archive/", keeping.archive, name="archive"),
    path("<str:number>/restore/", keeping.restore, name="restore"),
]
