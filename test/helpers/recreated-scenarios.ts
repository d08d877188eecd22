/** What is expected of the scenarios that recreate tests of web-platform-tests and curl. */

const statuses = [301, 302, 303, 307, 308] as const;

/** What is answered when the documented calls are sent, one after another, and redirects are followed. */
export const recreatedAnswers: Readonly<Record<string, readonly number[]>> = {
	'curl-07-37-upload-307': followed(301, 302, 303, 307),
	'curl-07-44-put-redir': followed(301, 302, 307, 308),
	'curl-1011-post-becomes-get': followed(...times(3, 301), 302, 302),
	'curl-1025-cookies': [301, 301, 200, 301, 301, 200, 301, 200],
	'curl-1051-put-301': [301, 200],
	'curl-1053-formpost': followed(307, 301),
	'curl-1055-other-schemes': [307, 301, 302, 302, 301, 302],
	'curl-1067-referer': followed(301, 301),
	'curl-1087-challenge': [401, 302, 200, 401, 301, 200],
	'curl-1138-utf8': [302, 200],
	'curl-1184-user-agent': [302, 200],
	'curl-1314-network-path': [301, 200],
	'curl-1325-permanent-post': [308, 200],
	'curl-1332-see-other': followed(...times(5, 303)),
	'curl-1413-fragment': [302, 200],
	'curl-1633-retry-after': [301, 429],
	'curl-184-host': followed(301, 301),
	'curl-188-range': followed(301, 301),
	'curl-25-growing-loop': times(21, 301),
	'curl-257-netrc': [301, 302, 200, ...followed(301, 301, 301)],
	'curl-3032-same-address': [301, 301, 301, 200],
	'curl-3034-rewind': times(21, 307),
	'curl-309-to-https': [301, 200],
	'curl-3106-downgrade': [302, 200],
	'curl-317-authorization-new-host': followed(...times(3, 302)),
	'curl-330-cookie-new-host': followed(302, 302),
	'curl-40-whitespace': followed(301, ...times(4, 302)),
	'curl-414-secure-cookie': [301, 301, 200],
	'curl-477-redirect-body': [301, 200],
	'curl-49-relative': followed(...times(5, 302), ...times(3, 301)),
	'curl-5023-signatures': followed(...times(3, 301), 302),
	'curl-54-blank-location': times(21, 302),
	'curl-794-custom-method': followed(...times(5, 302), 301, 302, 302),
	'curl-797-permanent-custom-method': followed(...times(5, 308)),
	'curl-898-other-port': followed(301, 301),
	'curl-998-url-credentials': followed(301, 302, 302),
	'wpt-302-found-post': [302, 200],
	'wpt-authentication-redirection': followed(...times(3, 302)),
	'wpt-cors-cookies-redirect': [200, 301, 200],
	'wpt-cors-preflight-redirect': followed(...statuses.flatMap(status => times(2, status))),
	'wpt-cors-redirect': followed(...statuses.flatMap(status => times(4, status))),
	'wpt-cors-redirect-credentials': followed(
		...statuses.flatMap(status => times(2, status)),
		...times(11, 307),
	),
	'wpt-cors-redirect-preflight': followed(...statuses.flatMap(status => times(4, status))),
	'wpt-metadata-redirect': [302, 302, 200, ...followed(302, 302)],
	'wpt-preserve-fragment': [...followed(...statuses), 307, 307, 200],
	'wpt-redirect-back-to-original-origin': [303, 200],
	'wpt-redirect-count': statuses.flatMap(status => [
		...times(20, status),
		200,
		...times(21, status),
	]),
	'wpt-redirect-empty-location': times(21, 302),
	'wpt-redirect-location': statuses.flatMap(status => [status, status, 200, status, status]),
	'wpt-redirect-location-escape': followed(...times(5, 302)),
	'wpt-redirect-method': followed(
		...times(3, 301),
		...times(3, 302),
		...times(4, 303),
		...times(4, 307),
	),
	'wpt-redirect-mode': followed(...statuses, ...statuses),
	'wpt-redirect-origin': followed(...statuses.flatMap(status => times(8, status))),
	'wpt-redirect-referrer': followed(...times(16, 302)),
	'wpt-redirect-schemes': times(6, 302),
	'wpt-redirect-to-dataurl': [302, 302],
	'wpt-redirect-upload': followed(303, 301, 302, 307, 308),
};

/** What undici's fetch is answered where it declines, as the Fetch Standard has it, or fails. */
export const recreatedFetched: Readonly<Record<string, readonly number[]>> = {
	// It fails on a relative Location with spaces at its end.
	'curl-40-whitespace': [301, 200, 302, 302, ...followed(302, 302)],
	// No user name or password in the Location of another origin (Fetch Standard, HTTP-redirect fetch).
	'curl-5023-signatures': [...followed(301, 301), 301, 302, 200],
	'curl-998-url-credentials': [301, 200, 302, 302, 200],
	'wpt-cors-redirect-credentials': [
		...statuses.flatMap(status => [status, 200, status]),
		...times(11, 307),
	],
};

/** The rules that undici's fetch breaks: there it fails the original test, too. */
export const recreatedFaults: Readonly<Record<string, readonly string[]>> = {
	'curl-5023-signatures': ['signature-renewed', 'signature-renewed'],
	'wpt-redirect-location-escape': ['target-is-location'],
};

const postOnFound = ['found-for-unsafe-method', 'body-may-be-lost'];

/** What lint says of them; of the others it says nothing. */
const findings: Readonly<Record<string, readonly string[]>> = {
	'curl-07-37-upload-307': postOnFound,
	'curl-07-44-put-redir': postOnFound,
	'curl-1011-post-becomes-get': [...postOnFound, ...postOnFound],
	'curl-1055-other-schemes': times(6, 'location-unusable'),
	'curl-188-range': times(2, 'rerouting-changes-request'),
	'curl-25-growing-loop': ['never-ends'],
	'curl-3032-same-address': times(3, 'rerouting-changes-request'),
	'curl-3034-rewind': ['never-ends'],
	'curl-54-blank-location': ['never-ends'],
	'curl-794-custom-method': [
		...[...postOnFound, ...postOnFound, ...postOnFound],
		...times(2, 'found-for-unsafe-method'),
		...[...postOnFound, ...postOnFound],
	],
	'wpt-302-found-post': [...postOnFound, 'never-ends'],
	'wpt-cors-preflight-redirect': ['found-for-unsafe-method', ...times(2, 'found-would-do')],
	'wpt-cors-redirect': times(4, 'found-would-do'),
	'wpt-cors-redirect-credentials': times(13, 'found-would-do'),
	'wpt-cors-redirect-preflight': times(4, 'found-would-do'),
	'wpt-preserve-fragment': times(2, 'found-would-do'),
	'wpt-redirect-count': [
		...times(2, 'rerouting-changes-request'),
		...times(2, 'found-would-do'),
		...times(2, 'rerouting-changes-request'),
	],
	'wpt-redirect-empty-location': ['never-ends'],
	'wpt-redirect-location': [
		...times(3, ['location-unusable', 'location-unusable', 'location-missing']).flat(),
		...times(2, ['found-would-do', 'location-unusable']).flat(),
		...['found-would-do', 'location-missing'],
		...['found-would-do', 'location-unusable', 'location-unusable', 'location-missing'],
	],
	'wpt-redirect-method': postOnFound,
	'wpt-redirect-mode': times(2, 'found-would-do'),
	'wpt-redirect-origin': times(4, 'found-for-unsafe-method'),
	'wpt-redirect-schemes': times(6, 'location-unusable'),
	'wpt-redirect-to-dataurl': times(2, 'location-unusable'),
	'wpt-redirect-upload': postOnFound,
};

export const recreatedFindings: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	Object.keys(recreatedAnswers).map(name => [name, findings[name] ?? []]),
);

function times<Item>(count: number, item: Item): Item[] {
	return Array.from({length: count}, () => item);
}

/** Each redirect, and behind it a 200. */
function followed(...redirects: readonly number[]): number[] {
	return redirects.flatMap(status => [status, 200]);
}
