"""Addresses of the pages of `consultation`."""

from django.urls import path

from consultation.views import comment_form, comments, desk, exports, home, kept_receipt, receipt

app_name = "consultation"
urlpatterns = [
    path("", home.home, name="home"),
    path("comments/", comments.comments, name="comments"),
    path("comments/new/", comment_form.comment_new, name="comment-new"),
    path("comments/received/", kept_receipt.comment_received, name="comment-received"),
    path("comments/<slug:number>/", comments.comment, name="comment"),
    path("comments/<slug:number>/support/", comments.comment_support, name="comment-support"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/withdraw/", receipt.receipt_withdraw, name="receipt-withdraw"),
    path("receipt/delete-contact/", receipt.receipt_delete_contact, name="receipt-delete-contact"),
    path("desk/", desk.queue, name="desk"),
    path("desk/comments/<slug:number>/", desk.comment, name="desk-comment"),
    path("desk/exports/", exports.exports, name="desk-exports"),
]
