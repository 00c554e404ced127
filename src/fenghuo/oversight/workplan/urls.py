app_name = "workplan"
urlpatterns: list[object] = []
