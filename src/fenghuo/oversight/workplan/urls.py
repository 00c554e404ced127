from django.urls import path

from .views import ahead, clauses, keeping, looking, papers, pasting, proofs, supervising

app_name = "workplan"
urlpatterns = [
    path("", looking.matrix, name="matrix"),
    path("forecast/", ahead.page, name="forecast"),
    path("forecast/card/", ahead.card, name="forecast_card"),
    path("mine/", looking.mine, name="mine"),
    path("units/<str:code>/", looking.unit_page, name="unit"),
    path("targets/<int:pk>/units/<str:code>/", looking.cell, name="cell"),
    path("targets/<int:pk>/change/", clauses.change_target, name="change_target"),
    path("targets/<int:pk>/withdraw/", clauses.withdraw_target, name="withdraw_target"),
    path("proofs/new/", proofs.new_proof, name="new_proof"),
    path("proofs/<str:number>/", proofs.proof, name="proof"),
    path("proofs/<str:number>/send/", proofs.send, name="send_proof"),
    path("proofs/<str:number>/archive/", proofs.archive, name="archive_proof"),
    path("letters/", supervising.letters, name="letters"),
    path("letters/new/", supervising.new, name="new_letters"),
    path("letters/<str:number>/", supervising.letter, name="letter"),
    path("letters/<str:number>/paper/", supervising.paper, name="letter_paper"),
    path("letters/<str:number>/withdraw/", supervising.withdraw, name="withdraw_letter"),
    path("plans/", keeping.plans, name="plans"),
    path("plans/new/", keeping.new_plan, name="new_plan"),
    path("plans/load/", keeping.load, name="load"),
    path("plans/paste/", pasting.paste, name="paste"),
    path("plans/<str:number>/", keeping.plan, name="plan"),
    path("plans/<str:number>/change/", keeping.change_plan, name="change_plan"),
    path("plans/<str:number>/in-force/", keeping.put_in_force, name="put_in_force"),
    path("plans/<str:number>/drop/", keeping.drop, name="drop"),
    path("plans/<str:number>/plan.toml", keeping.export, name="export"),
    path("plans/<str:number>/papers/<str:paper>", papers.paper, name="paper"),
    path("plans/<str:number>/clauses/new/", clauses.new_clause, name="new_clause"),
    path("plans/<str:number>/clauses/<int:pk>/", clauses.change_clause, name="change_clause"),
    path("plans/<str:number>/clauses/<int:pk>/withdraw/", clauses.withdraw_clause, name="withdraw_clause"),
    path("plans/<str:number>/clauses/<int:pk>/targets/new/", clauses.new_target, name="new_target"),
]
