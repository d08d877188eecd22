import {signatureRenewed} from '../../../src/verdict/rules/signature-renewed.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
type Fields = Readonly<Record<string, string>>;
const hop = (before: Fields, after: Fields, to = `${api}/v2?a=1`, method = 'GET') =>
	buildHop(
		{request: `GET ${api}/v1?a=1`, headers: before},
		{status: 307, location: to},
		{request: `${method} ${to}`, headers: after},
	);
const signed = (...parts: string[]): Fields => ({
	'Signature-Input': `sig1=(${parts.map(part => `"${part}"`).join(' ')});created=0;keyid="(k"`,
	Signature: 'sig1=:YQ==:',
});
const stale = (parts: string, field = 'Signature: ***') => ({
	expected: 'a signature over the follow-up, or none',
	actual: `${field}, made for the redirected request: it covers ${parts}`,
	cause:
		'the signature was copied like any other header; the client, or its caller, has to sign each request',
});
const copied = (part: string, to?: string, method?: string) =>
	hop(signed(part), signed(part), to, method);
const aws = {
	Authorization:
		'AWS4-HMAC-SHA256 Credential=u/20260101/r/s3/aws4_request, SignedHeaders=host, Signature=0a',
};
const cdn = 'https://cdn.example.test/v1?a=1';

hopRuleTests(signatureRenewed, [
	['a request without a signature is not its matter', hop({}, signed('@path')), 'not asked'],
	['no signature keeps it', hop(signed('@path'), {}), 'kept'],
	[
		'another signature keeps it',
		hop(signed('@path'), {...signed('@path'), Signature: 'sig1=:Yg==:'}),
		'kept',
	],
	['a copy breaks it', copied('@path'), stale('@path')],
	[
		'only what changed is named',
		hop(signed('@method', '@authority', '@path'), signed('@method', '@authority', '@path')),
		stale('@path'),
	],
	['a copy over nothing that changed keeps it', copied('@authority'), 'kept'],
	['a copy over the query keeps it where the query stays', copied('@query'), 'kept'],
	[
		'a copy over the query breaks it where it does not',
		copied('@query', `${api}/v1?b=2`),
		stale('@query'),
	],
	[
		'a copy over the authority breaks it at another host',
		copied('@authority', cdn),
		stale('@authority'),
	],
	['a copy over Host breaks it at another host', copied('host', cdn), stale('host')],
	[
		'a copy over the target URI breaks it at another host',
		copied('@target-uri', cdn),
		stale('@target-uri'),
	],
	[
		'a copy over the request-target keeps it at another host',
		copied('@request-target', cdn),
		'kept',
	],
	[
		'a copy over the method breaks it with another method',
		copied('@method', `${api}/v1?a=1`, 'HEAD'),
		stale('@method'),
	],
	['a copy over other fields keeps it', copied('content-digest'), 'kept'],
	[
		'a copy of which nobody knows what it covers is not observed',
		hop({Signature: 'keyId="k",signature="YQ=="'}, {Signature: 'keyId="k",signature="YQ=="'}),
		{reason: 'there is no Signature-Input that would say what the signature covers'},
	],
	[
		'a copied signature of AWS breaks it',
		hop(aws, aws),
		stale('method, path and query', 'Authorization: AWS4-HMAC-SHA256 ***'),
	],
	[
		'a copied signature of AWS for the same address keeps it',
		hop(aws, aws, `${api}/v1?a=1`),
		'kept',
	],
	['a new signature of AWS keeps it', hop(aws, {Authorization: `${aws.Authorization}b`}), 'kept'],
	[
		"a signature of AWS at another origin is another rule's matter",
		hop(aws, aws, cdn),
		'not asked',
	],
	[
		'another Authorization is not its matter',
		hop({Authorization: 'Bearer s'}, {Authorization: 'Bearer s'}),
		'not asked',
	],
]);
