import {connect} from 'node:net';
import {type Double, FollowthroughError} from '../../src/index.ts';
import type {Asked, Probe} from './api-probe.ts';

/** What makes an operation answer so. */
export type Provocation = (probe: Probe) => Promise<Asked> | Asked;

const get = (path: string, headers = {}): Asked => ({method: 'GET', path, headers});

const send = (method: string, path: string, data: unknown): Asked => {
	return {method, path, content: JSON.stringify(data)};
};

/** At a double of api-move. */
const at =
	(make: (path: string) => Asked): Provocation =>
	async ({adopt}) =>
		make(`/v1/doubles/${(await adopt()).id}`);

/** At a double whose client was redirected so often. */
const after =
	(times: number, make: (path: string) => Asked): Provocation =>
	async ({adopt, call}) => {
		const {id, double} = await adopt();
		await call(double, times);
		return make(`/v1/doubles/${id}`);
	};

/** At a double that is closed while it is asked for: it is known on until it has closed. */
const closed =
	(make: (path: string) => Asked): Provocation =>
	async ({adopt}) => {
		const {id, double} = await adopt(phased);
		await double.close();
		return make(`/v1/doubles/${id}`);
	};

const tooManyOpen = async (): Promise<never> => {
	throw new FollowthroughError('TOO_MANY_OPEN_FILES', 'As many as there may be.');
};

const body = 'exchanges/1/request/body';

const faulty = {
	name: 'a',
	routes: [{request: 'GET https://a.test/', response: {status: 307, file: 'a'}}],
};
const ruled = {
	name: 'a',
	enforce: ['no-such-rule'],
	routes: [{request: 'GET https://a.test/', response: {status: 200}}],
};
const phased = {
	name: 'a',
	phases: ['before', 'then'],
	routes: [{request: 'GET https://a.test/', response: {status: 200}}],
};

/**
 * By operation and answer, such as `422 SCENARIO_INVALID`, what provokes it. Problems that come by the
 * parts of an operation are provoked by twists of its success; see test/api/every-answer.ts.
 */
export const provocations: Readonly<Record<string, Readonly<Record<string, Provocation>>>> = {
	readRoot: {200: () => get('/')},
	readDocument: {200: () => get('/openapi.json')},
	readHealth: {200: () => get('/v1/health')},
	readProblem: {
		200: () => get('/v1/problems/double-unknown'),
		'404 NOT_FOUND': () => get('/v1/problems/__proto__'),
	},
	listScenarios: {200: () => get('/v1/scenarios')},
	readScenario: {
		200: () => get('/v1/scenarios/api-move'),
		'404 NOT_FOUND': () => get('/v1/scenarios/..%2f..%2fpackage.json'),
	},
	listRules: {200: () => get('/v1/rules')},
	readRule: {
		200: () => get('/v1/rules/body-preserved'),
		'404 NOT_FOUND': () => get('/v1/rules/..%2fREADME'),
	},
	createDouble: {
		201: () => send('POST', '/v1/doubles', {scenario: 'api-move'}),
		'409 PORT_IN_USE': async ({usedPort}) =>
			send('POST', '/v1/doubles', {scenario: 'api-move', proxyPort: await usedPort()}),
		'422 SCENARIO_INVALID': () => send('POST', '/v1/doubles', {scenario: faulty}),
		'422 SCENARIO_UNKNOWN': () => send('POST', '/v1/doubles', {scenario: 'api-mov'}),
		'422 ORIGIN_UNKNOWN': () =>
			send('POST', '/v1/doubles', {scenario: 'api-move', ports: {'https://b.test': 0}}),
		'422 RULE_UNKNOWN': () => send('POST', '/v1/doubles', {scenario: ruled}),
		'410 DOUBLE_CLOSED': ({doubles}) => {
			const added = ({double}: {readonly double: Double}) => {
				const env = double.env.bind(double);
				double.env = () => double.close().then(env);
			};
			doubles.follow({added});
			return send('POST', '/v1/doubles', {scenario: 'api-move'});
		},
		'503 TOO_MANY_OPEN_FILES': ({doubles}) => {
			doubles.open = tooManyOpen;
			return send('POST', '/v1/doubles', {scenario: 'api-move'});
		},
	},
	listDoubles: {
		200: async ({adopt}) => {
			await adopt();
			return get('/v1/doubles');
		},
	},
	readDouble: {200: at(get), '410 DOUBLE_CLOSED': closed(get)},
	deleteDouble: {204: at(path => ({method: 'DELETE', path}))},
	readUrl: {
		200: at(path => get(`${path}/url?of=https://api.example.test/a`)),
		'422 ORIGIN_UNKNOWN': at(path => get(`${path}/url?of=https://b.test/a`)),
	},
	readCa: {200: at(path => get(`${path}/ca.pem`))},
	switchPhase: {
		200: async ({adopt}) =>
			send('PUT', `/v1/doubles/${(await adopt(phased)).id}/phase`, {phase: 'then'}),
		'410 DOUBLE_CLOSED': closed(path => send('PUT', `${path}/phase`, {phase: 'then'})),
		'422 PHASE_UNKNOWN': at(path => send('PUT', `${path}/phase`, {phase: 'then'})),
	},
	swapScenario: {
		200: at(path => send('PUT', `${path}/scenario`, {scenario: 'see-other-303'})),
		'410 DOUBLE_CLOSED': closed(path => send('PUT', `${path}/scenario`, {scenario: phased})),
		'422 SCENARIO_INVALID': at(path => send('PUT', `${path}/scenario`, {scenario: faulty})),
		'422 SCENARIO_UNKNOWN': at(path => send('PUT', `${path}/scenario`, {scenario: 'a'})),
		'422 RULE_UNKNOWN': at(path => send('PUT', `${path}/scenario`, {scenario: ruled})),
		'503 TOO_MANY_OPEN_FILES': async ({adopt}) => {
			const {id, double} = await adopt();
			double.swap = tooManyOpen;
			return send('PUT', `/v1/doubles/${id}/scenario`, {scenario: phased});
		},
	},
	resetDouble: {204: at(path => ({method: 'POST', path: `${path}/reset`}))},
	settleDouble: {200: after(1, path => send('POST', `${path}/settle`, {quiet: 0}))},
	listExchanges: {200: after(1, path => get(`${path}/exchanges`))},
	readExchange: {
		200: after(1, path => get(`${path}/exchanges/1`)),
		'404 NOT_FOUND': at(path => get(`${path}/exchanges/1`)),
	},
	readRequestBody: {
		200: after(1, path => get(`${path}/${body}`)),
		206: after(1, path => get(`${path}/${body}`, {Range: 'bytes=0-1'})),
		304: after(1, path => get(`${path}/${body}`, {'If-None-Match': '*'})),
		'404 NOT_FOUND': at(path => get(`${path}/${body}`)),
		'409 BODY_ARRIVING': async ({adopt}) => {
			const {id, double} = await adopt();
			const {hostname, port} = new URL(double.url);
			const socket = connect(Number(port), hostname);
			socket.on('error', () => {});
			socket.write('POST /api/v1/users HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n');
			while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
			return get(`/v1/doubles/${id}/${body}`);
		},
		'410 BODY_GONE': async ({adopt}) => {
			const {id, double} = await adopt();
			const url = double.urlOf('https://api.example.test/api/v1/users');
			await (await fetch(url, {method: 'POST', body: 'a'.repeat(5_000_000)})).arrayBuffer();
			await double.hop();
			// It is closed, and known on.
			await double.close();
			return get(`/v1/doubles/${id}/${body}`);
		},
		'410 BODY_NOT_KEPT': async ({adopt, call}) => {
			const {id, double} = await adopt('api-move', {maxBodySize: 3});
			await call(double);
			return get(`/v1/doubles/${id}/${body}`);
		},
		'416 RANGE_UNSATISFIABLE': after(1, path => get(`${path}/${body}`, {Range: 'bytes=99-'})),
	},
	listHops: {200: after(2, path => get(`${path}/hops`))},
	readHop: {
		200: after(1, path => get(`${path}/hops/1`)),
		'404 NOT_FOUND': at(path => get(`${path}/hops/1`)),
	},
	waitForHop: {
		200: after(1, path => get(`${path}/hop`)),
		'409 HOP_AMBIGUOUS': after(2, path => get(`${path}/hop`)),
		'410 DOUBLE_CLOSED': async ({adopt, doubles}) => {
			const {id, double} = await adopt();
			const hop = double.hop.bind(double);
			double.hop = options => {
				const waiting = hop(options);
				void doubles.remove(id);
				return waiting;
			};
			return get(`/v1/doubles/${id}/hop`);
		},
		'504 WAIT_TIMED_OUT': at(path => get(`${path}/hop?timeout=0`)),
	},
	listChains: {200: after(1, path => get(`${path}/chains`))},
	readVerdict: {200: after(1, path => get(`${path}/verdict`))},
	readReport: {200: after(1, path => get(`${path}/report`))},
	readExport: {200: after(1, path => get(`${path}/exports/har`))},
	followEvents: {200: at(path => get(`${path}/events`))},
};
