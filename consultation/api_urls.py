"""Addresses of the API of `consultation`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
