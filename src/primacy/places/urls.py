from django.urls import path

from primacy.places import pages

app_name = "places"
urlpatterns = [
    path("places/", pages.places, name="places"),
    path("places/review/", pages.review, name="review"),
]
