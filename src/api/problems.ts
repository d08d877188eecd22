/** What a kind of problem says of itself; the operation adds what happened. */
export interface ProblemWords {
	readonly status: number;
	readonly title: string;
	/** What it means, and what to do. */
	readonly advice: string;
}

/**
 * All kinds of problems (RFC 9457), by their codes. One that Followthrough throws in code as well has
 * the code that it has there. The name in the URI of its type is its code in small letters.
 */
export const problems = {
	REQUEST_INVALID: {
		status: 400,
		title: 'The request is not as documented',
		advice:
			'A parameter or the content is unknown, missing or of the wrong form: "problems" names each place. /openapi.json has what each operation takes.',
	},
	TOKEN_REQUIRED: {
		status: 401,
		title: 'The token is missing or wrong',
		advice:
			'This server was started with a token: send it as "Authorization: Bearer <token>". It is never taken from the URL.',
	},
	CROSS_SITE_REFUSED: {
		status: 403,
		title: 'A page of another site may not use this API',
		advice:
			'The request came from a browser, for a page of another origin (its Sec-Fetch-Site or Origin says so). Use the API from a program, or from a page of its own origin.',
	},
	SECRETS_REFUSED: {
		status: 403,
		title: 'Secrets are shown to the owner alone',
		advice:
			'Recorded credentials are masked. They are shown with secrets=shown on a server that was started with a token, to which this request must bear it, or with --show-secrets.',
	},
	NOT_FOUND: {
		status: 404,
		title: 'There is no such thing here',
		advice:
			'The path leads to nothing. GET / names the ways there are; /openapi.json has them all.',
	},
	DOUBLE_UNKNOWN: {
		status: 404,
		title: 'There is no such double',
		advice:
			'It was deleted, or never made: GET /v1/doubles lists those that run. Ids are never used again.',
	},
	METHOD_NOT_ALLOWED: {
		status: 405,
		title: 'The method is none for this path',
		advice: 'The field Allow of the response names those that there are.',
	},
	REQUEST_TIMEOUT: {
		status: 408,
		title: 'The content of the request came too slowly',
		advice: 'Send the whole of it at once.',
	},
	PORT_IN_USE: {
		status: 409,
		title: 'A port can not be opened',
		advice:
			'Something else listens there. Ask for another port, or leave it out to get a free one.',
	},
	TOO_MANY_DOUBLES: {
		status: 409,
		title: 'There are as many doubles as this server takes',
		advice:
			'Delete one with DELETE /v1/doubles/{id}, or start the server with a larger --max-doubles.',
	},
	HOP_AMBIGUOUS: {
		status: 409,
		title: 'There are several hops',
		advice: 'The wait is for the only hop. Read them all, or reset the double before each call.',
	},
	BODY_ARRIVING: {
		status: 409,
		title: 'The body still comes in',
		advice: 'Wait until the request has ended: then the exchange has request.endedAt.',
	},
	DOUBLE_CLOSED: {
		status: 410,
		title: 'The double was closed or reset',
		advice: 'Somebody deleted or reset the double while this request was at work on it.',
	},
	BODY_GONE: {
		status: 410,
		title: 'The body is there no more',
		advice:
			'Large bodies are kept in a file until the double is deleted or reset, or the journal drops the exchange. Read them before.',
	},
	BODY_NOT_KEPT: {
		status: 410,
		title: 'Not all of the body was kept',
		advice:
			'It is larger than maxBodySize, or the disk took no more. A range within request.body.kept can be had.',
	},
	CONTENT_TOO_LARGE: {
		status: 413,
		title: 'The content of the request is too large',
		advice: 'It was read no further. "detail" names the limit.',
	},
	UNSUPPORTED_MEDIA_TYPE: {
		status: 415,
		title: 'The content of the request is of a type that is not taken',
		advice:
			'Name one of the documented types in Content-Type, and send the content without coding.',
	},
	RANGE_UNSATISFIABLE: {
		status: 416,
		title: 'There is nothing in the range that was asked for',
		advice: 'The field Content-Range of the response says how many bytes there are.',
	},
	MISDIRECTED: {
		status: 421,
		title: 'The request names another host',
		advice:
			'Against DNS rebinding, Host must be a loopback name or address, the address that was bound or advertised, or a name given with --allow-host.',
	},
	SCENARIO_INVALID: {
		status: 422,
		title: 'The scenario has faults',
		advice: '"problems" has all of them, with their places. Nothing was started or changed.',
	},
	SCENARIO_UNKNOWN: {
		status: 422,
		title: 'No shipped scenario has this name',
		advice: 'GET /v1/scenarios lists those that there are.',
	},
	ORIGIN_UNKNOWN: {
		status: 422,
		title: 'The scenario has no such origin',
		advice: 'The member "origins" of the double has those that there are.',
	},
	PHASE_UNKNOWN: {
		status: 422,
		title: 'The scenario has no such phase',
		advice: 'The member "phases" of the double has those that there are.',
	},
	RULE_UNKNOWN: {
		status: 422,
		title: 'The scenario names a rule that there is not',
		advice: 'GET /v1/rules lists those that there are.',
	},
	OPTION_INVALID: {
		status: 422,
		title: 'An option of the double has a value that it can not have',
		advice: '"detail" says which, and what was expected.',
	},
	TOO_MANY_WAITING: {
		status: 429,
		title: 'Too many requests wait already',
		advice: 'Let one of them end before the next is sent.',
	},
	INTERNAL: {
		status: 500,
		title: 'A fault of Followthrough itself',
		advice: 'The server has printed it with its stack: please report it.',
	},
	TOO_MANY_OPEN_FILES: {
		status: 503,
		title: 'The server has too many files and connections open',
		advice:
			'No further listener can be opened. Delete doubles that are not needed, or raise the limit of the server ("ulimit -n"), and ask again.',
	},
	// A client that sees 408 may send its request again by itself (RFC 9110, 15.5.9), and it says that
	// the request came too slowly. Here the server waited for somebody else, as a gateway does.
	WAIT_TIMED_OUT: {
		status: 504,
		title: 'What was waited for did not come in time',
		advice: '"detail" lists what did come. Wait longer, or look at what the client does.',
	},
} as const satisfies Readonly<Record<string, ProblemWords>>;

/** What kind of problem it is, for programs. */
export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: string): code is ProblemCode {
	return Object.hasOwn(problems, code);
}

/** Where the kind is explained; stands as `type` in each problem, relative to the API. */
export function typeOf(code: ProblemCode): string {
	return `/v1/problems/${nameOf(code)}`;
}

/** Such as `double-unknown`. */
export function nameOf(code: ProblemCode): string {
	return code.toLowerCase().replaceAll('_', '-');
}

/** The kind of a name; undefined for one that there is not. */
export function codeOf(name: string): ProblemCode | undefined {
	const code = name.toUpperCase().replaceAll('-', '_');
	return isProblemCode(code) && nameOf(code) === name ? code : undefined;
}
