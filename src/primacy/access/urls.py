from django.urls import path

from primacy.access import factor_pages, pages, placing_pages, session_pages, sign_in_pages, vouching_pages

app_name = "access"
urlpatterns = [
    path("sign-in/", sign_in_pages.sign_in, name="sign-in"),
    path("sign-in/second/", sign_in_pages.second_step, name="second-step"),
    path("sign-in/passkey/", sign_in_pages.passkey, name="passkey"),
    path("sign-in/demonstration/", sign_in_pages.demonstrate, name="demonstrate"),
    path("sign-out/", sign_in_pages.sign_out, name="sign-out"),
    path("set-up/<str:code>/", sign_in_pages.set_up, name="set-up"),
    path("language/", pages.language, name="language"),
    path("password/", pages.password, name="password"),
    path("second-factor/", factor_pages.ways, name="factors"),
    path("second-factor/codes/", factor_pages.one_time_codes, name="one-time-codes"),
    path("second-factor/passkey/", factor_pages.new_passkey, name="new-passkey"),
    path("second-factor/recovery/", factor_pages.recovery_codes, name="recovery-codes"),
    path("second-factor/later/", factor_pages.later, name="later"),
    path("second-factor/<int:factor_id>/remove/", factor_pages.remove, name="remove-factor"),
    path("sessions/", session_pages.own, name="sessions"),
    path("sessions/end/", session_pages.end_others, name="end-others"),
    path("sessions/<slug:reference>/end/", session_pages.end_one, name="end-session"),
    path("tokens/", pages.tokens, name="tokens"),
    path("tokens/<int:token_id>/withdraw/", pages.withdraw_token, name="withdraw-token"),
    path("people/", pages.people, name="people"),
    path("people/<int:person_id>/role/", pages.change_role, name="change-role"),
    path("people/<int:person_id>/switch/", pages.switch, name="switch"),
    path("people/<int:person_id>/rights/", placing_pages.placed, name="placed"),
    path("people/<int:person_id>/rights/<slug:what>/<int:number>/end/", placing_pages.end, name="end-right"),
    path("people/<int:person_id>/password/", pages.reset_password, name="reset-password"),
    path("people/<int:person_id>/sign-ins/", session_pages.of_person, name="sign-ins"),
    path("people/<int:person_id>/sign-ins/end/", session_pages.end_all, name="end-sign-ins"),
    path("people/<int:person_id>/sign-ins/<slug:reference>/end/", session_pages.end_of_person, name="end-sign-in"),
    path("people/<int:person_id>/factors/remove/", session_pages.remove_factors, name="remove-factors"),
    path("second-person/", vouching_pages.waiting, name="second-person"),
    path("second-person/<int:number>/", vouching_pages.decide, name="vouch"),
    path("rights/", placing_pages.own, name="own-rights"),
]
