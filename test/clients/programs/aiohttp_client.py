"""One request by python3-aiohttp, redirects followed as it does by default. See contract.md."""

import asyncio
import os
import sys
import aiohttp
import yarl

with open(os.environ["HEADERS_FILE"], encoding="utf-8") as lines:
    headers = dict(line.rstrip("\n").split(": ", 1) for line in lines)
body = None
if "BODY_FILE" in os.environ:
    with open(os.environ["BODY_FILE"], "rb") as file:
        body = file.read()


async def stream(content):
    yield content


async def main():
    data = stream(body) if os.environ.get("STREAM") == "1" else body
    async with aiohttp.ClientSession() as session:
        # A URL that is encoded already is to be sent as it is.
        url = yarl.URL(os.environ["URL"], encoded=True)
        async with session.request(
            os.environ["METHOD"], url, headers=headers, data=data
        ) as response:
            await response.read()
            print(response.status)


try:
    asyncio.run(main())
except (aiohttp.ClientError, ValueError) as error:
    sys.exit(f"{type(error).__name__}: {error}")
