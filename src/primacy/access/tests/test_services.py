import pytest
from django.core.exceptions import ValidationError

from primacy.access import chain, queries, services
from primacy.access.models import AuditEntry, Unchangeable, User

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


@pytest.fixture
def administrator():
    return services.create_first_administrator("admin", GOOD)


def test_every_deed_leaves_an_entry_and_the_chain_is_sound(administrator):
    person, _password = services.add_person(by=administrator, username="bob", role="reader")
    services.change_role(by=administrator, person=person, role="analyst")
    services.switch(by=administrator, person=person, on=False)
    services.reset_password(by=administrator, person=person)
    deeds = [entry.deed for entry in AuditEntry.objects.all()]
    assert deeds == ["added a person", "added a person", "changed a role", "switched off", "reset a password"]
    assert chain.verify(queries.chain_of_entries()).sound


def test_an_entry_changed_in_the_database_is_found(administrator, django_db_blocker):
    from django.db import connection

    services.record(administrator, "looked at evidence", "3f9c O2.M2", {"page": 1})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_auditentry SET actor = 'nobody' WHERE number = 2")
    assert chain.verify(queries.chain_of_entries()).breaks == ("entry 2 was changed after it was written",)


@pytest.mark.parametrize(
    "deed",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(actor="x"),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["actor"]),
        lambda entry: AuditEntry.objects.bulk_create([entry]),
    ],
    ids=["save", "delete", "update of many", "delete of many", "bulk update", "bulk create"],
)
def test_an_entry_is_never_changed_or_removed(administrator, deed):
    with pytest.raises(Unchangeable):
        deed(AuditEntry.objects.get(number=1))


def test_only_the_first_administrator_is_made_without_another(administrator):
    with pytest.raises(ValueError, match="already"):
        services.create_first_administrator("second", GOOD)


def test_the_first_administrator_needs_a_password_that_is_not_weak():
    with pytest.raises(ValidationError):
        services.create_first_administrator("admin", "short")
    assert not User.objects.exists()


def test_somebody_is_always_left_who_can_administer(administrator):
    with pytest.raises(ValueError, match="left"):
        services.switch(by=administrator, person=administrator, on=False)
    with pytest.raises(ValueError, match="left"):
        services.change_role(by=administrator, person=administrator, role="reader")


def test_a_role_that_the_table_does_not_name_is_refused(administrator):
    with pytest.raises(ValueError, match="no role"):
        services.add_person(by=administrator, username="bob", role="emperor")


def test_failures_are_counted_by_name_and_by_address_and_names_are_not_kept():
    for _ in range(services.TRIES_BY_NAME):
        services.record_failed_sign_in(name="Alice ", address="10.0.0.1")
    assert services.too_many_failures(name="alice", address="10.0.0.9")
    assert not services.too_many_failures(name="bob", address="10.0.0.1")
    for n in range(services.TRIES_BY_ADDRESS):
        services.record_failed_sign_in(name=f"n{n}", address="10.0.0.1")
    assert services.too_many_failures(name="bob", address="10.0.0.1")
    assert not AuditEntry.objects.filter(subject__icontains="alice").exists()


def test_a_one_time_password_is_long_and_never_the_same():
    made = {services.one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) == 19 for each in made)


def test_people_and_trail_are_shown_to_administrators_only(administrator):
    reader = User.objects.create(username="r", role="reader")
    assert not queries.people(viewer=reader)
    assert queries.trail(viewer=reader) == []
    assert queries.trail(viewer=administrator)
