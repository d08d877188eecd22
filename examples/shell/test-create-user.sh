#!/bin/sh
# The client repeats the POST at the temporary address.
set -eu
cd "$(dirname "$0")"
. ./followthrough.sh

start_followthrough
double=$(start_double api-move)

API_URL=$(url_of "$double" https://api.example.test/api/v1)
export API_URL
./create-user.sh Ada >/dev/null

assert_followed_through "$double"
hop=$(hop "$double")
assert_equal "$(json .followUp.request.method "$hop")" POST
assert_equal "$(json .followUp.request.url "$hop")" https://api.example.test/api/v2/users
assert_equal "$(request_body "$double" "$(json .followUp.number "$hop")")" '{"name": "Ada"}'

delete_double "$double"
echo 'ok: the POST was repeated at the temporary address'
