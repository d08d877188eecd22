import {isIP} from 'node:net';
import {certificateName} from './certificate-name.ts';

/**
 * The environment with which clients, unchanged, send the documented URLs through a proxy and trust
 * its CA. An inherited value is replaced, so that none leads around the proxy or to other roots.
 *
 * `NODE_EXTRA_CA_CERTS` and `DENO_CERT` add to the roots. The others, such as `SSL_CERT_FILE`, take the
 * place of the file of roots that the client would read: by that file it then trusts no public
 * server. (OpenSSL and Go also read a folder of roots, which stays.) All are read when a process
 * starts or first connects, so they are for processes that are started with them.
 *
 * What they do not reach: Go sends nothing for `localhost` and loopback addresses to a proxy; GNU
 * Wget takes the proxy, but where it is built with GnuTLS it needs `--ca-certificate`; the JDK's
 * clients read none of them. `JAVA_TOOL_OPTIONS` could name the proxy, but no trust store: the JDK
 * (17) has no store type for PEM. So a Java client is given proxy and CA in its code.
 *
 * @param settings.proxy such as `http://127.0.0.1:41300`
 * @param settings.caFile absolute path of the CA's certificate in PEM
 */
export function proxyVariables({
	proxy,
	caFile,
}: {
	readonly proxy: string;
	readonly caFile: string;
}): Record<string, string> {
	return {
		...fill(proxyNames.flatMap(withTwin), proxy),
		...fill(['NO_PROXY'].flatMap(withTwin), ''),
		...fill(caNames, caFile),
		// Node's fetch, node:http and node:https use a proxy only with it (nodejs.org/api/cli.html; from
		// 22.21 and 24.0, node:http and node:https from 24.5). Others ignore it.
		NODE_USE_ENV_PROXY: '1',
	};
}

/**
 * Upper and lower case are both needed: curl reads `http_proxy` in lower case only (man libcurl-env),
 * and where both are read, the lower wins in Python (urllib.request), the upper in Go
 * (golang.org/x/net/http/httpproxy): an inherited one must win nowhere. Nor must an inherited
 * `ALL_PROXY`, which curl and HTTPX read for other schemes. An empty `NO_PROXY` means no exceptions.
 */
const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];

/** Who reads which file of roots, and where that is documented. */
const caNames = [
	// OpenSSL's default, so Python's ssl, Ruby, PHP and many more (man X509_get_default_cert_file);
	// Go, on other systems than macOS and Windows (pkg.go.dev/crypto/x509); HTTPX; curl, second to its own.
	'SSL_CERT_FILE',
	// curl, the tool (man curl, --cacert); Requests, second to its own.
	'CURL_CA_BUNDLE',
	// Requests (its "SSL Cert Verification"), and pip with it.
	'REQUESTS_CA_BUNDLE',
	// httplib2 (its certs.py), and Google's Python client with it.
	'HTTPLIB2_CA_CERTS',
	// Node (nodejs.org/api/cli.html), npm with it; Deno from 2.8.
	'NODE_EXTRA_CA_CERTS',
	// Deno (docs.deno.com/runtime/reference/env_variables).
	'DENO_CERT',
	// git (git-scm.com/docs/git-config, http.sslCAInfo).
	'GIT_SSL_CAINFO',
	// AWS's SDKs and CLI (docs.aws.amazon.com/sdkref, "General configuration settings").
	'AWS_CA_BUNDLE',
];

function withTwin(name: string): string[] {
	return [name, name.toLowerCase()];
}

function fill(names: readonly string[], value: string): Record<string, string> {
	return Object.fromEntries(names.map(name => [name, value]));
}

/**
 * The values of curl's `--connect-to`, by documented origin: `HOST:PORT:127.0.0.1:LOCALPORT`. With one
 * for each origin, curl sends the documented URLs to the listeners and follows Locations as documented.
 * The listener of an https origin takes TLS from a client that begins it.
 *
 * @param listeners the URL of each listener by its documented origin, such as
 *   `[['https://api.example.test', 'https://127.0.0.1:41300']]`
 */
export function connectTo(
	listeners: Iterable<readonly [origin: string, url: string]>,
): Record<string, string> {
	return Object.fromEntries(
		[...listeners].map(([origin, url]) => [origin, `${target(origin)}:${target(url)}`]),
	);
}

/** `host:port` of an origin: default ports are written out, as curl compares them. */
function target(origin: string): string {
	const [scheme, authority = ''] = origin.split('://');
	const [, host = '', port = scheme === 'https' ? '443' : '80'] =
		/^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
	// curl compares what it asks for: an international name in ASCII, an IPv6 address in brackets.
	const name = certificateName(host);
	return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}
