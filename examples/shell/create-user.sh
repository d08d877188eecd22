#!/bin/sh
# A client of a users API: create-user.sh NAME creates a user at $API_URL.
set -eu
printf '{"name": "%s"}' "$1" |
	curl -sS -L -H 'Content-Type: application/json' -d @- "$API_URL/users"
