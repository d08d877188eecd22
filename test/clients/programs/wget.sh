#!/bin/sh
# One request by wget. See contract.md. wget reads no variable for certificates, and tells the status
# of each response on stderr.
set -eu
while IFS= read -r line; do set -- "$@" "--header=$line"; done < "$HEADERS_FILE"
[ -z "${BODY_FILE+x}" ] || set -- "$@" "--body-file=$BODY_FILE"
[ -z "${SSL_CERT_FILE-}" ] || set -- "$@" "--ca-certificate=$SSL_CERT_FILE"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! wget --no-config -S -t 1 -T 50 -O /dev/null --method="$METHOD" "$@" "$URL" 2> "$log"; then
	# An error status is a response as well; other failures are not.
	grep -q '^  HTTP/' "$log" || { cat "$log" >&2; exit 1; }
fi
sed -n 's|^  HTTP/[0-9.]* \([0-9]*\).*|\1|p' "$log" | tail -n 1
