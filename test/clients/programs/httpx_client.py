"""One request by python3-httpx, which follows redirects when asked to. See contract.md."""

import os
import ssl
import sys
import httpx

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()
    if os.environ.get("STREAM") == "1":
        body = iter([body])
# httpx 0.23 takes SSL_CERT_FILE for direct connections only, not for those through a proxy.
trust = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))
with httpx.Client(
    http2=os.environ.get("HTTP2") == "1", verify=trust, follow_redirects=True, timeout=50
) as client:
    try:
        response = client.request(
            os.environ["METHOD"], os.environ["URL"], headers=headers, content=body
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
    print(response.status_code)
