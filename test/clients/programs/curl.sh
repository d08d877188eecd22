#!/bin/sh
# One request by curl -L, called as its manual says: --data makes a POST, --head a HEAD, and -X names
# any other method. With the parameter `forced`, -X names every method, as it is often called. See
# contract.md. --disable keeps the machine's .curlrc out, and must come first.
set -eu
case "${1-} $METHOD" in
	forced*) set -- -X "$METHOD" ;;
	*\ HEAD) set -- --head ;;
	*\ GET | *\ POST) set -- ;;
	*) set -- -X "$METHOD" ;;
esac
if [ "${STREAM-}" = 1 ]; then
	exec < "$BODY_FILE"
	[ "$METHOD" != POST ] || set -- -X POST
	set -- "$@" -T -
elif [ -n "${BODY_FILE+x}" ]; then
	set -- "$@" --data-binary "@$BODY_FILE"
elif [ "$METHOD" = POST ] && [ $# = 0 ]; then
	set -- --data-binary ''
fi
[ "${HTTP2-}" = 1 ] && version=--http2 || version=--http1.1
exec curl --disable -sS -L --expect100-timeout 20 "$version" -H "@$HEADERS_FILE" -o /dev/null -w '%{http_code}\n' "$@" "$URL"
