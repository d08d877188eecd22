/** What is expected of the scenarios that provoke mistakes: scenarios/provoking, and curl's refused expectation. */

const statuses = [301, 302, 303, 307, 308] as const;

/** What is answered when the documented calls are sent, one after another, and redirects are followed. */
export const provokedAnswers: Readonly<Record<string, readonly number[]>> = {
	'big-body': [307, 201],
	'credential-boomerang': [307, 307, 307, 202],
	'cross-port-credentials': [307, 201, 307, 201],
	'curl-357-expectation-refused': [417],
	'early-close-in-upload': [307, 201],
	'ever-growing-post': Array.from({length: 21}, () => 307),
	'fat-redirect': [307, 201],
	'file-replay': [307, 201],
	'gzip-bomb-redirect': [307, 201],
	'gzip-request-body': [307, 201],
	'idempotency-key': [307, 500, 307, 201],
	'invalid-gzip-redirect': [307, 201],
	'late-redirect-in-place-of-continue': [307, 200],
	'location-invalid': [307, 307, 307, 307],
	'location-kept-as-written': Array.from({length: 5}, () => [307, 201]).flat(),
	'location-twice-the-same': [307, 201],
	'method-matrix': statuses.flatMap(status => Array.from({length: 9}, () => [status, 200]).flat()),
	'mixed-chain': [307, 303, 307, 200],
	'multipart-boundary': [307, 201],
	'redirect-to-closed-port': [307],
	'retry-after': [307, 202],
	'self-once': [307, 201],
	'stalled-redirect': [307, 201],
	'status-zoo': [201, 202, 300, 304, 305, 306, 308, 399],
	'stream-replay': [307, 201],
	'temporary-means-temporary': [...Array.from({length: 11}, () => 307), 308, 308].flatMap(
		status => [status, 200],
	),
	trailers: [307, 201],
};

/** What undici's fetch is answered where it takes a response otherwise than the small client. */
export const provokedFetched: Readonly<Record<string, readonly number[]>> = {
	// It sends no expectation.
	'curl-357-expectation-refused': [200],
	// It joins the two.
	'location-twice-the-same': [307, 501],
};

/** The rules that undici's fetch breaks. */
export const provokedFaults: Readonly<Record<string, readonly string[]>> = {
	'location-twice-the-same': ['target-is-location'],
};

/** What lint says of them; of the others it says nothing. */
const findings: Readonly<Record<string, readonly string[]>> = {
	'ever-growing-post': ['never-ends'],
	'location-invalid': Array.from({length: 4}, () => 'location-unusable'),
	'method-matrix': ['found-for-unsafe-method', 'body-may-be-lost'],
	'redirect-to-closed-port': ['target-missing'],
	'status-zoo': ['location-missing'],
	'temporary-means-temporary': Array.from({length: 3}, () => 'found-would-do'),
};

export const provokedFindings: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	Object.keys(provokedAnswers).map(name => [name, findings[name] ?? []]),
);
