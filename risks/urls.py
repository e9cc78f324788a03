"""Addresses of the register. A risk is known by its reference; a board by its slug."""

from django.urls import path, register_converter

from risks.views import boards, history, importing, leads, lists, matrices, register, reviews, risk, scores


class RefConverter:
    regex = r"SR[1-9]\.[0-9]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RefConverter, "riskref")

app_name = "risks"
urlpatterns = [
    path("", register.home, name="home"),
    path("map/", register.risk_map, name="map"),
    path("review-dates/", register.review_dates, name="review_dates"),
    path("register.<str:kind>", register.export, name="export"),
    path("print/", register.printed, name="print"),
    path("add/", risk.add, name="add"),
    path("boards/", boards.board_list, name="boards"),
    path("boards/<slug:slug>/", boards.board_register, name="board"),
    path("boards/<slug:slug>/print/", boards.board_printed, name="board_print"),
    path("boards/<slug:slug>/<riskref:ref>/", boards.board_risk, name="board_risk"),
    path("reviews/", reviews.round_list, name="reviews"),
    path("reviews/open/", reviews.round_open, name="review_open"),
    path("reviews/<int:pk>/", reviews.round_page, name="review"),
    path("reviews/<int:pk>/close/", reviews.round_close, name="review_close"),
    path("reviews/<int:pk>/<int:answer_pk>/", reviews.answer, name="review_answer"),
    path("matrix/", matrices.matrix_list, name="matrices"),
    path("matrix/start/", matrices.matrix_start, name="matrix_start"),
    path("matrix/draft/", matrices.matrix_draft, name="matrix_draft"),
    path("matrix/score-again/", matrices.score_again, name="score_again"),
    path("matrix/<int:pk>/", matrices.matrix_page, name="matrix"),
    path("matrix/<int:pk>/adopt/", matrices.matrix_adopt, name="matrix_adopt"),
    path("leads/", leads.lead_list, name="leads"),
    path("leads/add/", leads.lead_edit, name="lead_add"),
    path("leads/<int:pk>/", leads.lead_edit, name="lead"),
    path("import/", importing.start, name="import"),
    path("import/<uuid:pk>/", importing.run_page, name="import_run"),
    path("<riskref:ref>/", risk.risk_page, name="risk"),
    path("<riskref:ref>/edit/", risk.edit, name="edit"),
    path("<riskref:ref>/close/", risk.close, name="close"),
    path("<riskref:ref>/reopen/", risk.reopen, name="reopen"),
    path("<riskref:ref>/accept/", scores.accept, name="accept"),
    path("<riskref:ref>/accept/withdraw/", scores.withdraw_acceptance, name="withdraw_acceptance"),
    path("<riskref:ref>/score/future/clear/", scores.clear_target, name="clear_target"),
    path("<riskref:ref>/score/<str:stage>/", scores.score, name="score"),
    path("<riskref:ref>/history/", history.history, name="history"),
    path("<riskref:ref>/history/put-back/", history.put_back, name="put_back"),
    path("<riskref:ref>/<slug:name>/add/", lists.add_row, name="row_add"),
    path("<riskref:ref>/<slug:name>/<uuid:pk>/", lists.edit_row, name="row_edit"),
    path("<riskref:ref>/<slug:name>/<uuid:pk>/move/", lists.move_row, name="row_move"),
]
