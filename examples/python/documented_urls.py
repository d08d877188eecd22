"""A test that knows nothing of a double: followthrough check api-move -- pytest documented_urls.py"""

from users_client import UsersClient


def test_create():
    users = UsersClient("https://api.example.test/api/v1", token="secret")
    assert users.create({"name": "Ada"}) == {"id": 123}
