"""One request by python3-requests, redirects followed as it does by default. See contract.md."""

import os
import requests

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()
response = requests.request(
    os.environ["METHOD"], os.environ["URL"], headers=headers, data=body, timeout=50
)
print(response.status_code)
