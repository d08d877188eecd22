"""One request by python3-requests, redirects followed as it does by default. See contract.md."""

import os
import sys
import requests

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()
    if os.environ.get("STREAM") == "1":
        body = iter([body])
try:
    response = requests.request(
        os.environ["METHOD"], os.environ["URL"], headers=headers, data=body, timeout=50
    )
except (requests.RequestException, ValueError) as error:
    sys.exit(f"{type(error).__name__}: {error}")
print(response.status_code)
