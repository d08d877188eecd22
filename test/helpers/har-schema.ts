// HTTP Archive 1.2 as JSON Schema, after http://www.softwareishard.com/blog/har-12-spec/: every field that the
// format has, those that are not optional required, and no others but those with an underscore.

const text = {type: 'string'} as const;
const count = {type: 'integer', minimum: 0} as const;
/** -1 where the information is not available. */
const size = {type: 'integer', minimum: -1} as const;
const moment = {
	type: 'string',
	pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
} as const;

type Properties = Readonly<Record<string, object>>;

function record(required: Properties, optional: Properties = {}): object {
	return {
		type: 'object',
		properties: {...required, ...optional, comment: text},
		patternProperties: {'^_': {}},
		required: Object.keys(required),
		additionalProperties: false,
	};
}

function list(items: object): object {
	return {type: 'array', items};
}

const pair = record({name: text, value: text});
const cookie = record(
	{name: text, value: text},
	{
		path: text,
		domain: text,
		expires: moment,
		httpOnly: {type: 'boolean'},
		secure: {type: 'boolean'},
	},
);
const param = record({name: text}, {value: text, fileName: text, contentType: text});

const request = record(
	{
		method: text,
		// Absolute, without fragment, and with nothing that a URL can't carry (RFC 3986).
		url: {type: 'string', pattern: "^https?://(?:[\\w\\-.~:/?[\\]@!$&'()*+,;=]|%[\\dA-Fa-f]{2})+$"},
		httpVersion: text,
		cookies: list(cookie),
		headers: list(pair),
		queryString: list(pair),
		headersSize: size,
		bodySize: size,
	},
	{postData: record({mimeType: text, params: list(param), text})},
);

const response = record({
	status: count,
	statusText: text,
	httpVersion: text,
	cookies: list(cookie),
	headers: list(pair),
	content: record({size, mimeType: text}, {compression: count, text, encoding: text}),
	redirectURL: text,
	headersSize: size,
	bodySize: size,
});

const timings = record(
	{send: count, wait: count, receive: count},
	{blocked: size, dns: size, connect: size, ssl: size},
);

const entry = record(
	{startedDateTime: moment, time: count, request, response, cache: record({}), timings},
	{pageref: text, serverIPAddress: text, connection: text},
);

const creator = record({name: text, version: text});

export const harSchema = {
	type: 'object',
	properties: {
		log: record(
			{version: {const: '1.2'}, creator, entries: list(entry)},
			{browser: creator, pages: list({type: 'object'})},
		),
	},
	required: ['log'],
	additionalProperties: false,
};
