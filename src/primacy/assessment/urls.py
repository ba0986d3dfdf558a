from django.urls import path

from primacy.assessment import pages

app_name = "assessment"
urlpatterns = [path("", pages.front, name="front")]
