from django.urls import path

from .views import board, orders

app_name = "command"
urlpatterns = [
    path("board/", board.board, name="board"),
    # Before the incidents' own addresses, which end in any verb.
    path("incidents/<str:number>/orders/", orders.orders, name="orders"),
    path("incidents/<str:number>/videos/", orders.add_video, name="add_video"),
    path("incidents/<str:number>/videos/<int:pk>/remove/", orders.remove_video, name="remove_video"),
]
