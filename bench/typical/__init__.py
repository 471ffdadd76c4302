"""The typical way to serve a layer, for comparison: a Django REST framework viewset with djangorestframework-gis."""
