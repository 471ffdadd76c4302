"""Addresses of the API of `maps`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
