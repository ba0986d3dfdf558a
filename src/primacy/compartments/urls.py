from django.urls import path

from primacy.compartments import pages
from primacy.compartments.pages import contents

app_name = "compartments"
BOX = "compartments/<slug:box>/"
urlpatterns = [
    path("compartments/", pages.listed, name="list"),
    path("compartments/key/", pages.key, name="key"),
    path("compartments/new/", pages.new, name="new"),
    path("compartments/close/", pages.close, name="close"),
    path(BOX, contents.contents, name="inside"),
    path(f"{BOX}open/", pages.open_, name="open"),
    path(f"{BOX}new/<slug:kind>/", contents.write, name="write"),
    path(f"{BOX}members/", contents.members, name="members"),
    path(f"{BOX}members/<slug:proposal>/", contents.decide, name="decide"),
    path(f"{BOX}people/<slug:person>/erase/", contents.erase, name="erase"),
    path(f"{BOX}score/", contents.score, name="score"),
    path(f"{BOX}entries/<slug:entry>/", contents.entry, name="entry"),
    path(f"{BOX}entries/<slug:entry>/change/", contents.change, name="change"),
    path("lock-down/", pages.lock_down, name="lock-down"),
]
