# Doubles of Followthrough in POSIX sh. Copy this file beside your tests, and source it.
#
# Needs curl 7.82 or later, jq, and `followthrough` on the PATH (npm install --global followthrough);
# or set FOLLOWTHROUGH_URL to the URL of a `followthrough serve` that runs already, and
# FOLLOWTHROUGH_TOKEN if it wants a token.

# Starts a server that lives as long as the script.
start_followthrough() {
	[ -z "${FOLLOWTHROUGH_URL-}" ] || return 0
	followthrough_dir=$(mktemp -d)
	mkfifo "$followthrough_dir/ready"
	followthrough serve --port 0 --ready-fd 3 3>"$followthrough_dir/ready" >/dev/null &
	followthrough_pid=$!
	trap 'kill "$followthrough_pid"; wait "$followthrough_pid" || :; rm -r "$followthrough_dir"' EXIT
	FOLLOWTHROUGH_URL=$(jq -er .api.url "$followthrough_dir/ready")
}

# start_double NAME: makes a double of a shipped scenario, and prints its URL in the HTTP API.
start_double() {
	made=$(api "$FOLLOWTHROUGH_URL/v1/doubles" --json "{\"scenario\": \"$1\"}") || return
	printf '%s/v1/doubles/%s\n' "${FOLLOWTHROUGH_URL%/}" "$(json .id "$made")"
}

# url_of DOUBLE URL: prints the local form of a documented URL.
url_of() {
	found=$(api -G "$1/url" --data-urlencode "of=$2") || return
	json .url "$found"
}

# hop DOUBLE: prints the only redirect and the request it caused, once that came, as JSON.
hop() {
	api "$1/hop?timeout=5000"
}

# request_body DOUBLE NUMBER: prints the body of a recorded request.
request_body() {
	api "$1/exchanges/$2/request/body"
}

# assert_followed_through DOUBLE: fails with the report, unless each redirect was followed and no
# rule broken.
assert_followed_through() {
	verdict=$(api -X POST "$1/settle") || return
	[ "$(json .outcome "$verdict")" = kept ] || {
		json .why "$verdict" >&2
		api "$1/report" >&2
		return 1
	}
}

# json FILTER TEXT: what jq finds in a text.
json() {
	printf '%s\n' "$2" | jq -r "$1"
}

# assert_equal ACTUAL EXPECTED
assert_equal() {
	[ "$1" = "$2" ] || {
		printf 'expected: %s\nactual:   %s\n' "$2" "$1" >&2
		return 1
	}
}

delete_double() {
	api -X DELETE "$1" >/dev/null
}

# Prints the answer of the HTTP API, on stderr where it is a problem. The token is not among the words of
# the command, which other users can see.
api() {
	answer=$(
		curl -sS --fail-with-body --noproxy '*' -H @/dev/fd/3 "$@" 3<<-END
			${FOLLOWTHROUGH_TOKEN:+Authorization: Bearer $FOLLOWTHROUGH_TOKEN}
		END
	) || {
		printf '%s\n' "$answer" >&2
		return 1
	}
	printf '%s\n' "$answer"
}
