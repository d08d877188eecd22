import test from 'ava';
import fc from 'fast-check';
import {
	isSecretName,
	maskedMessage,
	maskedText,
	maskedUrl,
	maskedValue,
} from '../../src/http/secrets.ts';

const fields = [
	['Authorization', 'Bearer s3cret', 'Bearer ***'],
	['authorization', 'Digest username="ada", response="s3cret"', 'Digest ***'],
	['Authorization', 's3cret', '***'],
	['Proxy-Authorization', 'Basic s3cret', 'Basic ***'],
	['Cookie', 'sid=s3cret; theme=s3cret', 'sid=***; theme=***'],
	['Cookie', 's3cret', '***'],
	['Cookie', 'sid=a; s3cret; b=c=s3cret', 'sid=***; ***; b=***'],
	['Set-Cookie', 'sid=s3cret; Path=/; HttpOnly', 'sid=***; Path=/; HttpOnly'],
	['Set-Cookie', 's3cret; Path=/', '***; Path=/'],
	['X-Api-Key', 's3cret', '***'],
	['X-Auth-Token', 's3cret', '***'],
	['X-Amz-Security-Token', 's3cret', '***'],
	['X-Access-Key', 's3cret', '***'],
	['Referer', 'https://ada:s3cret@a.test/?token=s3cret&x=1', 'https://***@a.test/?token=***&x=1'],
	['Content-Type', 'text/plain', 'text/plain'],
	['X-Author', 'Ada', 'Ada'],
	['X-Design', 'tokens', 'tokens'],
	['Idempotency-Key', '42', '42'],
	['Host', 'ada:s3cret@a.test', '***@a.test'],
	[':authority', 'ada:s3cret@a.test:443', '***@a.test:443'],
	['Host', 'ada@a.test', '***@a.test'],
	['X-Data', '{"token":"s3cret","a":1}', '{"token":"***","a":1}'],
	['From', 'ada@a.test', 'ada@a.test'],
	['From', 'Ada: ada@a.test', 'Ada: ada@a.test'],
] as const;

for (const [name, value, shown] of fields)
	test(`"${name}: ${value}" is shown as "${shown}"`, t => {
		t.is(maskedValue(name, value), shown);
	});

const urls = [
	['https://a.test/x?y=1', 'https://a.test/x?y=1'],
	['https://ada:s3cret@a.test/', 'https://***@a.test/'],
	['https://ada:s3@cret@a.test/', 'https://***@a.test/'],
	['//ada@a.test/', '//***@a.test/'],
	['https://a.test/@ada', 'https://a.test/@ada'],
	['/x?access_token=s3cret', '/x?access_token=***'],
	['/x?accessToken=s3cret&a=b', '/x?accessToken=***&a=b'],
	['/x?api_key=s3cret#top', '/x?api_key=***#top'],
	['/x?X-Amz-Signature=s3cret', '/x?X-Amz-Signature=***'],
	['/x?a=1;password=s3cret', '/x?a=1;password=***'],
	['/x?token=', '/x?token='],
	['/x?token=a=s3cret', '/x?token=***'],
	['/x?author=ada', '/x?author=ada'],
	['see https://a.test/?sig=s3cret or /y', 'see https://a.test/?sig=*** or /y'],
	['/cb#access_token=s3cret&state=1', '/cb#access_token=***&state=1'],
	['/x?access%5Ftoken=s3cret', '/x?access%5Ftoken=***'],
	['ada:s3cret@a.test:443', '***@a.test:443'],
	['ada:s3@cret@a.test:443', '***@a.test:443'],
	['/x?why?token=s3cret', '/x?why?token=***'],
	['/x?next=/y?token=s3cret', '/x?next=/y?token=***'],
	['/x?next=https://a.test/?token=s3cret&b=1', '/x?next=https://a.test/?token=***&b=1'],
	['/x?next=%2Fy%3Ftoken%3Ds3cret%26b%3D1&c=2', '/x?next=%2Fy%3Ftoken%3D***%26b%3D1&c=2'],
	['/x?next=%252Fy%253Ftoken%253Ds3cret', '/x?next=%252Fy%253Ftoken%253D***'],
	['/x?next=https%3A%2F%2Fada%3As3cret%40a.test%2F', '/x?next=https%3A%2F%2F***%40a.test%2F'],
	['/x?next=https%3A%2F%2Fa.test%2F%40ada', '/x?next=https%3A%2F%2Fa.test%2F%40ada'],
	['/x?%74oken=s3cret', '/x?%74oken=***'],
	['/x?api%2Dkey=s3cret', '/x?api%2Dkey=***'],
	['/cb?code=s3cret&state=1', '/cb?code=***&state=1'],
	['/cb?zipcode=12345', '/cb?zipcode=12345'],
	['/t?code_verifier=s3cret&assertion=s3cret', '/t?code_verifier=***&assertion=***'],
	['/acs?SAMLResponse=s3cret', '/acs?SAMLResponse=***'],
] as const;

for (const [url, shown] of urls)
	test(`the URL ${url} is shown as ${shown}`, t => {
		t.is(maskedUrl(url), shown);
	});

const texts = [
	['{"name":"Ada","password":"s3cret"}', '{"name":"Ada","password":"***"}'],
	['{"accessToken" : "s3\\"cret"}', '{"accessToken" : "***"}'],
	['{"password":"s3cr', '{"password":"***"'],
	['{"age":1,"secret":12345}', '{"age":1,"secret":***}'],
	['{"api_key": -1.5e3, "a": 2}', '{"api_key": ***, "a": 2}'],
	['user=ada&password=s3cret&x=1', 'user=ada&password=***&x=1'],
	['password=s3cret', 'password=***'],
	['grant_type=authorization_code&code=s3cret', 'grant_type=authorization_code&code=***'],
	['{"code":"E42"}', '{"code":"E42"}'],
	['{"token":{"value":"s3cret"},"a":1}', '{"token":{***},"a":1}'],
	['{"tokens":[["s3cret"],"s3cret"],"a":1}', '{"tokens":[***],"a":1}'],
	['{"tokens":["s3]cret","s3cret"],"a":1}', '{"tokens":[***],"a":1}'],
	['{"credentials":{"user":{"id":"s3cret', '{"credentials":{***}'],
	['{"token":true,"a":"b"}', '{"token":true,"a":"b"}'],
	['<login password="s3cret" user="ada"/>', '<login password="***" user="ada"/>'],
	["<login token='s3cret'>", "<login token='***'>"],
	['<token>s3cret</token>', '<token>***</token>'],
	['<token><![CDATA[s3cret]]></token>', '<token><![CDATA[***</token>'],
	['plain words', 'plain words'],
] as const;

for (const [text, shown] of texts)
	test(`the body ${text} is shown as ${shown}`, t => {
		t.is(maskedText(text), shown);
	});

const messages = [
	[
		'POST /x?token=s3cret HTTP/1.1\r\nHost: a.test\r\n\r\n',
		'POST /x?token=*** HTTP/1.1\r\nHost: a.test\r\n\r\n',
	],
	[
		'GET / HTTP/9.9\r\nAuthorization: Bearer s3cret\r\nX : y\r\n',
		'GET / HTTP/9.9\r\nAuthorization: Bearer ***\r\nX : y\r\n',
	],
	['GET / HTTP/1.1\nCookie:sid=s3cret; a=s3cret\n\n', 'GET / HTTP/1.1\nCookie:sid=***; a=***\n\n'],
	[
		'GET / HTTP/1.1\r\nX-Api-Key: s3\r\n cret\r\nHost: a\r\n',
		'GET / HTTP/1.1\r\nX-Api-Key: ***\r\n***\r\nHost: a\r\n',
	],
	['GET / HTTP/1.1\r\nX-Api-Key : s3cret\r\n\r\n', 'GET / HTTP/1.1\r\nX-Api-Key : ***\r\n\r\n'],
	['POST / HTTP/1.1\r\n\r\n{"password":"s3cret"}', 'POST / HTTP/1.1\r\n\r\n{"password":"***"}'],
	['5\r\ntoken=s3cret\r\nzz\r\n', '5\r\ntoken=***\r\nzz\r\n'],
	['{"password":"s3cret"}\r\nX: 1', '{"password":"***"}\r\nX: 1'],
	['CONNECT ada:s3cret@a.test:443 HTTP/1.1\r\n', 'CONNECT ***@a.test:443 HTTP/1.1\r\n'],
	['hello\r\n', 'hello\r\n'],
	['\x16\x03\x01\x02\x00', '\x16\x03\x01\x02\x00'],
] as const;

for (const [message, shown] of messages)
	test(`the bytes ${JSON.stringify(message)} are shown as ${JSON.stringify(shown)}`, t => {
		t.is(maskedMessage(message), shown);
	});

const hostile = [
	'?',
	'<a',
	'//',
	'"a"',
	':',
	'@',
	'&a',
	'"a":"',
	'"token":[',
	'"token":{',
	'a="',
	'a: ',
	'%3F',
	'%25',
	'%2F',
	'?a=',
	'\r\n ',
];

for (const piece of hostile)
	test(`64 KiB of ${JSON.stringify(piece)} are masked in time`, t => {
		const text = piece.repeat(65_536 / piece.length);
		for (const masked of [maskedUrl(text), maskedText(text), maskedMessage(text)])
			t.true(masked.length > 0);
	});

test('a long text in JSON is masked whole', t => {
	const text = 'x\\"'.repeat(4_000_000);
	t.is(maskedText(`{"token":"${text}","a":1}`), '{"token":"***","a":1}');
	t.is(maskedText(`{"tokens":["${text}"],"a":1}`), '{"tokens":[***],"a":1}');
});

test('a field is secret by its name, whatever its case', t => {
	for (const name of ['AUTHORIZATION', 'cookie', 'Set-Cookie', 'x-api-key', 'X_Session_Id'])
		t.true(isSecretName(name), name);
	for (const name of ['Host', 'Accept', 'X-Request-Id', 'Content-Signal', 'Keep-Alive'])
		t.false(isSecretName(name), name);
});

const secret = fc.stringMatching(/^S3CRET[\w+.~-]{0,8}$/);
const name = fc.constantFrom('token', 'access_token', 'apiKey', 'client-secret', 'password', 'sig');

test('no secret survives, wherever it stands', t => {
	fc.assert(
		fc.property(secret, name, (value, field) => {
			const shown = [
				maskedValue('Authorization', `Bearer ${value}`),
				maskedValue('Cookie', `a=${value}; ${value}`),
				maskedValue('Set-Cookie', `${field}=${value}; Secure`),
				maskedValue('X-Api-Key', value),
				maskedUrl(`https://u:${value}@a.test/x?${field}=${value}&b=1`),
				maskedText(JSON.stringify({[field]: value})),
				maskedText(JSON.stringify({[field]: value}).slice(0, -2)),
				maskedText(`a=1&${field}=${value}`),
			];
			return shown.every(text => !text.includes('S3CRET'));
		}),
	);
	t.pass();
});
