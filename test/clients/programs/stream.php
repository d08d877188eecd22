<?php
// One request by PHP's own stream wrapper (file_get_contents), which follows redirects unless told
// not to. See contract.md.

$body = getenv('BODY_FILE') === false ? null : file_get_contents(getenv('BODY_FILE'));
$http = [
	'method' => getenv('METHOD'),
	'header' => file(getenv('HEADERS_FILE'), FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES),
	'ignore_errors' => true,
	'protocol_version' => 1.1,
] + ($body === null ? [] : ['content' => $body]);
$answer = @file_get_contents(getenv('URL'), false, stream_context_create(['http' => $http]));
$lines = preg_grep('~^HTTP/~', $http_response_header ?? []);
if ($answer === false && $lines === []) {
	fwrite(STDERR, (error_get_last()['message'] ?? 'no answer') . "\n");
	exit(1);
}
echo explode(' ', end($lines))[1], "\n";
