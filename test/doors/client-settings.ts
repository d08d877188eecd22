import test from 'ava';
import {connectTo, proxyVariables} from '../../src/doors/client-settings.ts';

const proxy = 'http://127.0.0.1:41300';
const caFile = '/tmp/followthrough-x/followthrough-ca.pem';

test('the variables name the proxy, no exceptions, and the CA for each kind of client', t => {
	t.deepEqual(proxyVariables({proxy, caFile}), {
		HTTP_PROXY: proxy,
		http_proxy: proxy,
		HTTPS_PROXY: proxy,
		https_proxy: proxy,
		ALL_PROXY: proxy,
		all_proxy: proxy,
		NO_PROXY: '',
		no_proxy: '',
		SSL_CERT_FILE: caFile,
		CURL_CA_BUNDLE: caFile,
		REQUESTS_CA_BUNDLE: caFile,
		HTTPLIB2_CA_CERTS: caFile,
		NODE_EXTRA_CA_CERTS: caFile,
		DENO_CERT: caFile,
		GIT_SSL_CAINFO: caFile,
		AWS_CA_BUNDLE: caFile,
		NODE_USE_ENV_PROXY: '1',
	});
});

const secure = 'https://127.0.0.1:41300';
const plain = 'http://127.0.0.1:41301';
const lines: readonly (readonly [origin: string, url: string, line: string])[] = [
	['https://api.example.test', secure, 'api.example.test:443:127.0.0.1:41300'],
	['http://api.example.test', plain, 'api.example.test:80:127.0.0.1:41301'],
	['https://api.example.test:8443', secure, 'api.example.test:8443:127.0.0.1:41300'],
	['http://api.example.test:443', plain, 'api.example.test:443:127.0.0.1:41301'],
	['https://api.example.test', plain, 'api.example.test:443:127.0.0.1:41301'],
	['https://[2001:db8::7]', secure, '[2001:db8::7]:443:127.0.0.1:41300'],
	['http://[::1]:8080', plain, '[::1]:8080:127.0.0.1:41301'],
	['http://192.0.2.7', plain, '192.0.2.7:80:127.0.0.1:41301'],
	['https://bücher.example', secure, 'xn--bcher-kva.example:443:127.0.0.1:41300'],
	['http://api.example.test', 'http://127.0.0.1', 'api.example.test:80:127.0.0.1:80'],
];

for (const [origin, url, line] of lines)
	test(`curl is led from ${origin} to ${url} by ${line}`, t => {
		t.deepEqual(connectTo([[origin, url]]), {[origin]: line});
	});

test('each origin has its line, in the order of the listeners', t => {
	const listeners = new Map([
		['https://b.example.test', secure],
		['https://a.example.test', plain],
	]);
	t.deepEqual(Object.entries(connectTo(listeners)), [
		['https://b.example.test', 'b.example.test:443:127.0.0.1:41300'],
		['https://a.example.test', 'a.example.test:443:127.0.0.1:41301'],
	]);
});
