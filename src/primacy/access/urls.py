from django.urls import path

from primacy.access import pages

app_name = "access"
urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign-in"),
    path("sign-out/", pages.sign_out, name="sign-out"),
    path("language/", pages.language, name="language"),
    path("password/", pages.password, name="password"),
    path("tokens/", pages.tokens, name="tokens"),
    path("tokens/<int:token_id>/withdraw/", pages.withdraw_token, name="withdraw-token"),
    path("people/", pages.people, name="people"),
    path("people/<int:person_id>/role/", pages.change_role, name="change-role"),
    path("people/<int:person_id>/switch/", pages.switch, name="switch"),
    path("people/<int:person_id>/password/", pages.reset_password, name="reset-password"),
]
