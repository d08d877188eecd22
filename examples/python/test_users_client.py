import json

from users_client import UsersClient

REGIONS = {
    "name": "regions",
    "routes": [
        {
            "request": "POST https://api.example.test/users",
            "response": {"status": 307, "headers": {"Location": "https://eu.example.test/users"}},
        },
        {
            "request": "POST https://eu.example.test/users",
            "response": {"status": 201, "json": {"id": 123}},
        },
    ],
}


def test_create_repeats_the_post_at_the_temporary_address(start_double):
    double = start_double("api-move")  # a scenario that comes with Followthrough
    users = UsersClient(double.url_of("https://api.example.test/api/v1"), token="secret")

    assert users.create({"name": "Ada"}) == {"id": 123}

    double.assert_followed_through()
    follow_up = double.hop()["followUp"]
    assert follow_up["request"]["method"] == "POST"
    assert follow_up["request"]["url"] == "https://api.example.test/api/v2/users"
    assert ["Content-Type", "application/json"] in follow_up["request"]["headers"]
    assert json.loads(double.body(follow_up)) == {"name": "Ada"}


def test_the_token_stays_with_its_origin(start_double):
    double = start_double(REGIONS)  # one of our own
    users = UsersClient(double.url_of("https://api.example.test"), token="secret")

    users.create({"name": "Ada"})

    double.assert_followed_through()
    headers = dict(double.hop()["followUp"]["request"]["headers"])
    assert "Authorization" not in headers
