import type {ScenarioInput} from '../../../src/index.ts';

/** The documented origin that is fuzzed. */
export const origin = 'https://api.example.test';

const location = {Location: `${origin}/target`};

/** Every way in which a response is sent, by the path that asks for it. */
const ways = {
	redirect: {},
	early: {answer: 'before-body'},
	'after-bytes': {answer: {afterBytes: 5}},
	close: {answer: 'before-body', afterwards: 'close'},
	reset: {answer: 'before-body', afterwards: 'reset'},
	'stop-reading': {answer: 'before-body', afterwards: 'stop-reading'},
	'late-close': {afterwards: 'close'},
	'late-reset': {afterwards: 'reset'},
	'late-stop': {afterwards: 'stop-reading'},
	invite: {continue: 'send'},
	withhold: {continue: 'withhold'},
	interim: {interim: [{status: 103, headers: {Link: '</a>'}}]},
	slow: {delay: 30, bodyDelay: 30, text: 'slow'},
	drip: {bytesPerSecond: 500, text: 'a body that goes out slowly'},
	packets: {packetSize: 7, text: 'crumbs'},
	'reset-before-head': {fault: 'reset-before-head'},
	'reset-in-head': {fault: 'reset-in-head'},
	'reset-after-head': {fault: 'reset-after-head', text: 'x'.repeat(2000)},
	large: {status: 200, text: 'x'.repeat(300_000)},
} as const;

/** A scenario in which requests are answered early, late, slowly, in parts, broken, or not at all. */
export const fuzzedScenario = {
	name: 'fuzzed',
	routes: [
		...Object.entries(ways).map(([path, way]) => ({
			request: `* ${origin}/${path}`,
			response: {status: 307, headers: location, ...way},
		})),
		{request: `* ${origin}/garbage`, response: {fault: {garbage: 'no HTTP\r\n\r\n'}}},
		{
			request: {method: '*', url: `${origin}/matched`, json: {name: 'Ada'}},
			response: {status: 307, headers: location},
		},
		{request: `* ${origin}/target`, response: {status: 201, json: {id: 1}}},
		{request: `* ${origin}/items/:id`, response: {status: 308, headers: {Location: '/target?:id'}}},
	],
} satisfies ScenarioInput;

/** Paths that the routes take. */
export const paths = [
	...Object.keys(ways).map(path => `/${path}`),
	'/garbage',
	'/matched',
	'/target',
	'/items/%2F..%zz',
	'/nowhere',
];
