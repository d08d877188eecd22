"""One request by Python's own urllib.request, redirects followed as urlopen does. See contract.md."""

import os
import sys
import urllib.error
import urllib.request

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()
    if os.environ.get("STREAM") == "1":
        body = iter([body])
request = urllib.request.Request(
    os.environ["URL"], data=body, headers=headers, method=os.environ["METHOD"]
)
try:
    with urllib.request.urlopen(request) as response:
        response.read()
        print(response.status)
except urllib.error.HTTPError as error:
    print(error.code)
except OSError as error:
    sys.exit(f"{type(error).__name__}: {error}")
