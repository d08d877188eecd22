import fc from 'fast-check';

/** The documented origin of the requests. */
export const origin = 'https://api.example.test';

const strange = fc.oneof(fc.jsonValue(), fc.constant({base64: 'AAEC'}), fc.constant(''));
const header = fc.oneof(
	{weight: 8, arbitrary: fc.string({maxLength: 8})},
	{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 3})},
	fc.integer(),
	fc.base64String({maxLength: 8}).map(base64 => ({base64})),
	strange,
);
const headers = fc.dictionary(
	fc.oneof(
		fc.constantFrom('Location', 'Content-Length', 'content-length', 'Transfer-Encoding', 'X-A'),
		fc.string({maxLength: 5}),
	),
	fc.oneof(header, fc.array(header, {maxLength: 3})),
	{maxKeys: 3},
);
const members = {
	status: fc.constantFrom(200, 204, 304, 307, '308 Moved', 101, 'x'),
	headers,
	json: fc.jsonValue(),
	text: fc.constantFrom('', 'abc', ':id', 5),
	base64: fc.constantFrom('', 'AAEC', 'A', '?'),
	file: fc.constantFrom('twelve-bytes.bin', 'missing.bin', '../x', ''),
	delay: fc.constantFrom(0, 5, -1),
	answer: fc.oneof(
		fc.constantFrom('before-body', 'after-body', {afterBytes: 3}, {afterBytes: 0}),
		strange,
	),
	afterwards: fc.oneof(fc.constantFrom('keep-alive', 'close', 'reset', 'stop-reading'), strange),
	continue: fc.oneof(fc.constantFrom('send', 'withhold'), strange),
	interim: fc.oneof(
		fc.array(fc.record({status: fc.constantFrom(100, 101, 102, 103, 199), headers}), {
			maxLength: 2,
		}),
		strange,
	),
	bodyDelay: fc.constantFrom(0, 5, 1e9),
	bytesPerSecond: fc.constantFrom(0, 1, 1e9, 0.1),
	packetSize: fc.constantFrom(0, 1, 1.5),
	fault: fc.oneof(
		fc.constantFrom('reset-before-head', 'reset-in-head', 'reset-after-head'),
		fc.record({truncateAfter: fc.constantFrom(-1, 0, 2, 3, 12)}),
		fc.record({garbage: fc.string({maxLength: 3})}),
		strange,
	),
};

/** Responses as a scenario may have them, right and wrong: a few members each, so that not every one is refused. */
export const anyResponse = fc
	.array(
		fc.oneof(
			...Object.entries<fc.Arbitrary<unknown>>(members).map(([name, arbitrary]) =>
				arbitrary.map((value): object => ({[name]: value})),
			),
		),
		{maxLength: 4},
	)
	.map((parts): object => Object.assign({}, ...parts));

/** Requests of a route, right and wrong. */
export const anyRequest = fc.constantFrom<unknown>(
	`PUT ${origin}/up/:id`,
	{url: `${origin}/up/:id`, json: {}},
	{url: `${origin}/up/*rest`, text: 'a'},
	'PSOT nowhere',
);
