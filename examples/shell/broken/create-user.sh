#!/bin/sh
# The client with a mistake, to see the test fail: it asks for the new address, and GETs it.
set -eu
moved=$(printf '{"name": "%s"}' "$1" |
	curl -sS -o /dev/null -w '%{redirect_url}' -H 'Content-Type: application/json' -d @- "$API_URL/users")
curl -sS "$moved"
