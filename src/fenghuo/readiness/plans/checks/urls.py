from django.urls import path

from .views import findings, items, rounds, summaries

urlpatterns = [
    path("checks/", rounds.rounds_list, name="check_rounds"),
    path("checks/new/", rounds.new, name="check_new"),
    path("checks/units/worker.js", items.worker, name="check_worker"),
    path("checks/units/<str:number>/", items.show, name="check_item"),
    path("checks/units/<str:number>/answers/", items.answers, name="check_answers"),
    path("checks/units/<str:number>/finish/", items.finish, name="check_finish"),
    path("checks/units/<str:number>/assign/", items.assign, name="check_assign"),
    path("checks/units/<str:number>/answers/<int:pk>/settle/", items.settle, name="check_settle"),
    path("checks/units/<str:number>/findings/<int:pk>/", findings.act, name="check_finding"),
    path("checks/<str:number>/", rounds.show, name="check_round"),
    path("checks/<str:number>/change/", rounds.change, name="check_change"),
    path("checks/<str:number>/draw/", rounds.draw, name="check_draw"),
    path("checks/<str:number>/start/", rounds.start, name="check_start"),
    path("checks/<str:number>/close/", rounds.close, name="check_close"),
    path("checks/<str:number>/paper/", rounds.paper, name="check_paper"),
    path("checks/<str:number>/population.txt", rounds.population, name="check_population"),
    path("checks/<str:number>/summary/", summaries.show, name="check_summary"),
    path("checks/<str:number>/summary.xlsx", summaries.book, name="check_summary_book"),
]
