#!/bin/sh
# One request by curl -L, called as its manual says: a body makes a POST, -X names any other method.
# See contract.md. --disable keeps the machine's .curlrc out, and must come first.
set -eu
[ "$METHOD" = POST ] || set -- "$@" -X "$METHOD"
[ -z "${BODY_FILE+x}" ] || set -- "$@" --data-binary "@$BODY_FILE"
[ "${HTTP2-}" = 1 ] && version=--http2 || version=--http1.1
exec curl --disable -sS -L --expect100-timeout 20 "$version" -H "@$HEADERS_FILE" -o /dev/null -w '%{http_code}\n' "$@" "$URL"
