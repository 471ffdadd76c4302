"""Addresses of the pages of `consultation`."""

from django.urls import path

from consultation.views import (
    comment_form,
    comments,
    desk,
    exports,
    feed,
    home,
    kept_receipt,
    notice,
    privacy,
    receipt,
    report,
)

app_name = "consultation"
urlpatterns = [
    path("", home.home, name="home"),
    path("comments/", comments.comments, name="comments"),
    path("comments/new/", comment_form.comment_new, name="comment-new"),
    path("comments/received/", kept_receipt.comment_received, name="comment-received"),
    path("comments/feed/", feed.published, name="feed"),
    path("comments/<slug:number>/", comments.comment, name="comment"),
    path("comments/<slug:number>/support/", comments.comment_support, name="comment-support"),
    path("comments/<slug:number>/report/", report.comment_report, name="comment-report"),
    path("notice/", notice.notice_page, name="notice"),
    path("notice/form/", notice.notice_form, name="notice-form"),
    path("notice/files/<digest:digest>/", notice.attachment, name="notice-attachment"),
    path("privacy/", privacy.rules, name="privacy"),
    path("privacy/<slug:version>/", privacy.rules, name="privacy-version"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/withdraw/", receipt.receipt_withdraw, name="receipt-withdraw"),
    path("receipt/delete-contact/", receipt.receipt_delete_contact, name="receipt-delete-contact"),
    path("desk/", desk.queue, name="desk"),
    path("desk/comments/<slug:number>/", desk.comment, name="desk-comment"),
    path("desk/exports/", exports.exports, name="desk-exports"),
]
