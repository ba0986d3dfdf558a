"""The programming interface keeps what its description promises, whatever is asked and whoever asks.

Schemathesis makes questions from the description: from its examples, at its limits, at random, and wrong ones.
`PRIMACY_EXAMPLES=200` asks more of them.
"""

import os
from copy import deepcopy
from datetime import date
from uuid import UUID

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.safety.record_house import House

from primacy.access.posts import Post
from primacy.records.queries import record_types
from primacy.web.api import api
from primacy.web.urls import urlpatterns  # noqa: F401 - the doors are put together there

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("PRIMACY_EXAMPLES", "3"))
ALWAYS = [
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
CHECKS = {GenerationMode.POSITIVE: ALWAYS, GenerationMode.NEGATIVE: [*ALWAYS, negative_data_rejection]}
ROLES = ("nobody", "reader", "leader", "analyst", "administrator")


RECORD = "6f1b6f0e-5a1c-4b7a-9d0e-2f6a7c1d3e11"
KNOWN = {
    "assessment_id": ["latest", "ffffffffffff"], "before": ["latest", "ffffffffffff"], "after": ["latest"],
    "benchmark_id": ["O2.M2", "O3.S1", "O9.X9"], "entry_id": ["O2.M2", "O2.R1", "O1.T1", "O9.X9"],
    "code": ["XX01", "XX010101", "YY"], "number": [1, 2, 9], "kind": ["incident", "gossip"], "area": ["XX01", "XX"],
    "category": ["violence", "violence/one-sided"], "record_type": ["contact", "actor", "gossip"],
    "record_id": [RECORD, "0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11"], "status": ["met", "insufficient evidence"],
}  # fmt: skip
"""What most questions name, so that they find something."""


def _naming(described):
    """The description with what is known in this mission in place of any text."""
    for operation in (each for path in described["paths"].values() for each in path.values()):
        for parameter in operation.get("parameters", []):
            if parameter["name"] in KNOWN:
                parameter["schema"] = {"enum": KNOWN[parameter["name"]]}
    return described


DESCRIBED = schemathesis.openapi.from_dict(_naming(deepcopy(dict(api.get_openapi_schema()))))
DESCRIBED.app = get_wsgi_application()
OPERATIONS = {each.ok().label: each.ok() for each in DESCRIBED.get_all_operations()}


def test_every_parameter_has_an_example():
    asked = [
        (path, parameter["name"], parameter, parameter["schema"])
        for path, operations in api.get_openapi_schema()["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
    ]
    without = [
        (path, name) for path, name, *told in asked if not any({"example", "examples"} & each.keys() for each in told)
    ]
    assert len(asked) > 100
    assert without == []


@pytest.fixture(autouse=True)
def record(mission, people):
    """A contact, and a post that opens it, for some of those who ask."""
    for role in ("analyst", "administrator"):
        Post.objects.create(person=people[role], component="political-affairs", since=date(2020, 1, 1))
    House(record_types()).write(people["analyst"], "contact", area="XX01", id=UUID(RECORD))


def ask(operation, role, mission, mode, examples=EXAMPLES):
    """Put questions to one operation as a role, and compare each answer with the description."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def asked(case):
        headers = mission.headers(role) | {"Accept-Encoding": "identity"}  # the tester does not unpack
        response = case.call(headers=headers, base_url="http://localhost")
        case.validate_response(response, checks=CHECKS[mode])
        assert (response.status_code == 401) == (role == "nobody"), response.text
        assert response.status_code < 400 or set(response.json()) == {"errors"}

    asked()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(label, role, mission):
    examples = EXAMPLES if role in mission.tokens else 1  # nobody is told the same whatever is asked
    ask(OPERATIONS[label], role, mission, GenerationMode.POSITIVE, examples)


@pytest.mark.parametrize("label", OPERATIONS)
def test_wrong_questions_are_refused(label, mission):
    ask(OPERATIONS[label], "administrator", mission, GenerationMode.NEGATIVE)
