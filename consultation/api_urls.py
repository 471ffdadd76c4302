"""Addresses of the API of `consultation`."""

from django.urls import path

from consultation import api

urlpatterns = [
    path("comments/", api.CommentList.as_view(), name="comments"),
    path("comments/<slug:number>/", api.CommentDetail.as_view(), name="comment"),
    path("comments/<slug:number>/support/", api.CommentSupport.as_view(), name="comment-support"),
    path("receipt/", api.ReceiptLookup.as_view(), name="receipt"),
]
