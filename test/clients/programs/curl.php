<?php
// One request by PHP's curl extension, which follows redirects when asked to. See contract.md.

$headers = file(getenv('HEADERS_FILE'), FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
$method = getenv('METHOD');
$request = curl_init(getenv('URL'));
curl_setopt_array($request, [
	CURLOPT_FOLLOWLOCATION => true,
	CURLOPT_MAXREDIRS => 20,
	CURLOPT_RETURNTRANSFER => true,
	CURLOPT_HTTPHEADER => $headers,
]);
if (getenv('BODY_FILE') !== false) {
	curl_setopt($request, CURLOPT_POSTFIELDS, file_get_contents(getenv('BODY_FILE')));
} elseif ($method === 'POST') {
	curl_setopt($request, CURLOPT_POSTFIELDS, '');
}
// As its manual has it: POST and HEAD have options of their own, any other method is a custom one.
if ($method === 'HEAD') {
	curl_setopt($request, CURLOPT_NOBODY, true);
} elseif ($method !== 'GET' && $method !== 'POST') {
	curl_setopt($request, CURLOPT_CUSTOMREQUEST, $method);
}
if (curl_exec($request) === false) {
	fwrite(STDERR, curl_error($request) . "\n");
	exit(1);
}
echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), "\n";
