"""One request by python3-urllib3, redirects followed as its PoolManager does by default. See contract.md."""

import os
import sys
import urllib3

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()
    if os.environ.get("STREAM") == "1":
        body = iter([body])
try:
    response = urllib3.PoolManager().request(
        os.environ["METHOD"], os.environ["URL"], headers=headers, body=body
    )
except urllib3.exceptions.HTTPError as error:
    sys.exit(f"{type(error).__name__}: {error}")
print(response.status)
