"""The client with a mistake, to see the tests fail: it follows by itself, and forgets the body."""

from urllib.parse import urljoin

import requests


class UsersClient:
    def __init__(self, base, token):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def create(self, user):
        response = self.session.post(f"{self.base}/users", json=user, allow_redirects=False)
        while response.is_redirect:
            location = urljoin(response.url, response.headers["Location"])
            response = self.session.post(location, allow_redirects=False)
        response.raise_for_status()
        return response.json()
