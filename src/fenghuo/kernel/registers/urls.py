from django.urls import path

from .views import keeping, lists, papers, workbooks

app_name = "registers"
urlpatterns = [
    path("<slug:name>/", lists.list_rows, name="list"),
    path("<slug:name>.xlsx", workbooks.export, name="export"),
    path("<slug:name>/imports/", workbooks.imports, name="imports"),
    path("<slug:name>/imports/<int:pk>/", workbooks.one_import, name="import"),
    path("<slug:name>/imports/<int:pk>/answer/", workbooks.answer, name="answer_import"),
    path("<slug:name>/imports/<int:pk>/again/", workbooks.again, name="read_again"),
    path("<slug:name>/imports/<int:pk>/apply/", workbooks.apply, name="apply_import"),
    path("<slug:name>/imports/<int:pk>/close/", workbooks.close, name="close_import"),
    path("<slug:name>/imports/<int:pk>/marked.xlsx", workbooks.marked, name="marked_copy"),
    path("<slug:name>/new/", keeping.new, name="new"),
    path("<slug:name>/form.pdf", papers.form, {"kind": "pdf"}, name="form_pdf"),
    path("<slug:name>/form.docx", papers.form, {"kind": "docx"}, name="form_docx"),
    path("<slug:name>/views/", lists.save_view, name="save_view"),
    path("<slug:name>/views/<int:pk>/drop/", lists.drop_view, name="drop_view"),
    path("<slug:name>/<int:pk>/", keeping.row, name="row"),
    path("<slug:name>/<int:pk>/check.pdf", papers.checked, {"kind": "pdf"}, name="check_pdf"),
    path("<slug:name>/<int:pk>/check.docx", papers.checked, {"kind": "docx"}, name="check_docx"),
    path("<slug:name>/<int:pk>/change/", keeping.change, name="change"),
    path("<slug:name>/<int:pk>/field/<slug:column>/", keeping.change_field, name="field"),
    path("<slug:name>/<int:pk>/confirm/", keeping.confirm, name="confirm"),
    path("<slug:name>/<int:pk>/archive/", keeping.archive, name="archive"),
    path("<slug:name>/<int:pk>/restore/", keeping.restore, name="restore"),
]
