"""Addresses of the API of `consultation`."""

from django.urls import path

from consultation import api, proof_api

urlpatterns = [
    path("comments/", api.CommentList.as_view(), name="comments"),
    path("comments/<slug:number>/", api.CommentDetail.as_view(), name="comment"),
    path("comments/<slug:number>/support/", api.CommentSupport.as_view(), name="comment-support"),
    path("proof/", proof_api.ProofChallenge.as_view(), name="proof"),
    path("receipt/", api.ReceiptLookup.as_view(), name="receipt"),
]
