"""Contacts in Django's admin, as somebody would set it up: the columns, filters and searched fields of our list."""

from django.contrib import admin
from django.urls import include, path

from primacy.actors.models import Contact
from primacy.web.urls import urlpatterns as ours


class ContactAdmin(admin.ModelAdmin):
    list_display = ("day", "subject", "area", "counterpart", "way", "confidentiality")
    list_filter = ("counterpart", "way")
    search_fields = ("subject", "present", "note", "promised")
    raw_id_fields = ("actor",)
    ordering = ("-day",)
    list_per_page = 50


admin.site.register(Contact, ContactAdmin)
urlpatterns = [path("admin/", admin.site.urls), path("", include(ours))]
