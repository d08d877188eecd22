"""Doubles of Followthrough in pytest. Copy this file beside your tests.

Needs `followthrough` on the PATH (npm install --global followthrough); or set FOLLOWTHROUGH_URL to
the URL of a `followthrough serve` that runs already, and FOLLOWTHROUGH_TOKEN if it wants a token.
"""

import json
import os
import subprocess
from urllib.parse import urljoin

import pytest
import requests

HTTP = requests.Session()
HTTP.trust_env = False  # no proxy, no .netrc: the server is at hand
if "FOLLOWTHROUGH_TOKEN" in os.environ:
    HTTP.headers["Authorization"] = f"Bearer {os.environ['FOLLOWTHROUGH_TOKEN']}"


class Double:
    """A running test double, made and asked by Followthrough's HTTP API."""

    def __init__(self, api, scenario):
        made = HTTP.post(urljoin(api, "/v1/doubles"), json={"scenario": scenario})
        assert made.ok, made.text
        self.url = urljoin(api, made.headers["Location"])

    def url_of(self, documented):
        """The local form of a documented URL."""
        return self._get("url", of=documented).json()["url"]

    def hop(self, timeout=5000):
        """The only redirect and the request it caused, once that came; within milliseconds."""
        return self._get("hop", timeout=timeout).json()

    def body(self, exchange):
        """The body of a recorded request, byte for byte."""
        return self._get(f"exchanges/{exchange['number']}/request/body").content

    def assert_followed_through(self):
        """Fails with Followthrough's report, unless each redirect was followed and no rule broken."""
        __tracebackhide__ = True
        settled = HTTP.post(f"{self.url}/settle")  # waits until nothing more comes
        assert settled.ok, settled.text
        verdict = settled.json()
        told = f"{verdict['outcome']}: {verdict['why']}\n\n{self._get('report').text}"
        assert verdict["outcome"] == "kept", told

    def close(self):
        HTTP.delete(self.url).raise_for_status()

    def _get(self, part, **parameters):
        response = HTTP.get(f"{self.url}/{part}", params=parameters)
        assert response.ok, response.text
        return response


@pytest.fixture(scope="session")
def followthrough():
    """The URL of the HTTP API, of a server that lives as long as the tests."""
    if "FOLLOWTHROUGH_URL" in os.environ:
        yield os.environ["FOLLOWTHROUGH_URL"]
        return
    reader, writer = os.pipe()
    command = ["followthrough", "serve", "--port", "0", "--ready-fd", str(writer)]
    server = subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL)
    os.close(writer)
    with open(reader, encoding="utf-8") as ready, server:
        yield json.load(ready)["api"]["url"]
        server.terminate()


@pytest.fixture
def start_double(followthrough):
    """Starts doubles, each of a scenario: the name of a shipped one, or one of your own."""
    doubles = []

    def start(scenario):
        doubles.append(Double(followthrough, scenario))
        return doubles[-1]

    yield start
    for double in doubles:
        double.close()
