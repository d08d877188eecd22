// Every documented answer of every operation is provoked against a running server, and held against
// the document.

import {Validator} from '@seriousme/openapi-schema-validator';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {openApiFileText} from '../../src/api/openapi-file.ts';
import type {Operation} from '../../src/api/operation.ts';
import {type ProblemCode, problems} from '../../src/api/problems.ts';
import {problemsOf} from '../../src/api/problems-of-operation.ts';
import {operations} from '../../src/api/resources/index.ts';
import type {ApiOptions} from '../../src/api/start-api.ts';
import {type Provocation, provocations} from '../helpers/api-answers.ts';
import {type Answered, type Asked, probe} from '../helpers/api-probe.ts';
import {textOf} from '../helpers/source-files.ts';

const document = JSON.parse(openApiFileText());
const ajv = new Ajv2020({strict: false, logger: false, allErrors: true});
ajv.addSchema(document, 'document');

/** How a request that succeeds is made to fail, and what server it needs for that. */
interface Twist {
	readonly options?: () => ApiOptions;
	readonly asked: (asked: Asked) => Asked;
}

const withFields = (headers: Readonly<Record<string, string>>): Twist => {
	return {asked: asked => ({...asked, headers: {...asked.headers, ...headers}})};
};

const withQuery = (query: string): Twist['asked'] => {
	return asked => ({
		...asked,
		path: `${asked.path}${asked.path.includes('?') ? '&' : '?'}${query}`,
	});
};

const same: Twist['asked'] = asked => asked;

/** Problems that come by the parts of an operation. */
const twists: Partial<Record<ProblemCode, Twist>> = {
	REQUEST_INVALID: {asked: withQuery('__proto__=1')},
	TOKEN_REQUIRED: withFields({Authorization: 'Bearer another'}),
	CROSS_SITE_REFUSED: withFields({'Sec-Fetch-Site': 'cross-site'}),
	SECRETS_REFUSED: {options: () => ({token: undefined}), asked: withQuery('secrets=shown')},
	DOUBLE_UNKNOWN: {
		asked: asked => ({
			...asked,
			path: asked.path.replace(/(?<=^\/v1\/doubles\/)[^/]+/, '__proto__'),
		}),
	},
	REQUEST_TIMEOUT: {
		options: () => ({contentTimeout: 1}),
		asked: asked => ({...asked, announced: 1000}),
	},
	TOO_MANY_DOUBLES: {options: () => ({doubles: new Doubles({max: 0})}), asked: same},
	TOO_MANY_WAITING: {options: () => ({maxWaiting: 0}), asked: same},
	CONTENT_TOO_LARGE: {options: () => ({maxContent: 1}), asked: same},
	UNSUPPORTED_MEDIA_TYPE: withFields({'Content-Type': 'text/plain'}),
	MISDIRECTED: withFields({Host: 'rebound.example:3070'}),
};

for (const operation of operations)
	for (const {answer, provocation, twist} of answersOf(operation))
		test(`${operation.id} answers ${answer}, as documented`, async t => {
			const asking = await probe(t, twist?.options?.());
			const asked = await provocation(asking);
			const answered = await asking.ask(twist?.asked(asked) ?? asked);
			const [status = '', code] = answer.split(' ');
			t.is(String(answered.status), status, answered.content);
			if (code !== undefined) {
				const problem: Record<string, unknown> = JSON.parse(answered.content);
				t.like(problem, {code, status: answered.status, type: `/v1/problems/${slug(code)}`});
			}
			t.deepEqual(faultsOf(operation, answered), []);
		});

test('every documented answer has what provokes it, and nothing else is provoked', t => {
	const documented = operations.flatMap(operation =>
		[...Object.keys(operation.answers), ...ownProblems(operation)].map(
			answer => `${operation.id} ${answer}`,
		),
	);
	const provoked = Object.entries(provocations).flatMap(([id, answers]) =>
		Object.keys(answers).map(answer => `${id} ${answer}`),
	);
	t.deepEqual(provoked.sort(), documented.sort());
});

test('the document has each operation with each of its answers and problems', t => {
	for (const operation of operations) {
		const described = document.paths[operation.path][operation.method.toLowerCase()];
		t.is(described.operationId, operation.id);
		const statuses = [
			...Object.keys(operation.answers),
			...problemsOf(operation).map(code => String(problems[code].status)),
		];
		t.deepEqual(Object.keys(described.responses), [...new Set(statuses)].sort());
	}
	t.is(new Set(operations.map(({id}) => id)).size, operations.length);
});

test('the document is one of OpenAPI 3.1', async t => {
	const validator = new Validator();
	t.like(await validator.validate(JSON.parse(openApiFileText())), {valid: true});
	t.is(validator.version, '3.1');
});

test('openapi.json is what the operations say, and what the server gives', async t => {
	const text = openApiFileText();
	t.is(textOf('openapi.json'), text, 'it is out of date: npm run build');
	const asking = await probe(t);
	t.is((await asking.ask({method: 'GET', path: '/openapi.json'})).content, text);
});

for (const code of Object.keys(problems))
	test(`the problem ${code} is explained where its type leads`, async t => {
		const asking = await probe(t);
		const {status, content} = await asking.ask({method: 'GET', path: `/v1/problems/${slug(code)}`});
		t.is(status, 200);
		t.is(JSON.parse(content).code, code);
	});

/** Its own answers with what provokes them, and the problems that come by its parts. */
function answersOf(operation: Operation) {
	const own = provocations[operation.id] ?? {};
	const [success = '', base] = Object.entries(own)[0] ?? [];
	const twisted = problemsOf(operation).flatMap(code => {
		const twist = twists[code];
		if (twist === undefined || base === undefined) return [];
		return [{answer: `${problems[code].status} ${code}`, provocation: base, twist}];
	});
	const plain: {answer: string; provocation: Provocation; twist?: Twist}[] = Object.entries(
		own,
	).map(([answer, provocation]) => ({answer, provocation}));
	return success === '' ? [] : [...plain, ...twisted];
}

function ownProblems(operation: Operation): string[] {
	return problemsOf(operation)
		.filter(code => twists[code] === undefined)
		.map(code => `${problems[code].status} ${code}`);
}

function slug(code: string): string {
	return code.toLowerCase().replaceAll('_', '-');
}

/** What of an answer is not as the document has it. */
function faultsOf({path, method}: Operation, {status, headers, content}: Answered): unknown[] {
	const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status)];
	const described = pointer.reduce((within, name) => within?.[name], document);
	const missing = Object.keys(described.headers ?? {}).filter(
		name => headers[name.toLowerCase()] === undefined,
	);
	if (missing.length > 0) return [`without ${missing}`];
	const type = headers['content-type'];
	if (described.content === undefined)
		return content === '' && type === undefined ? [] : [`content of type ${type}`];
	const types = Object.keys(described.content);
	const found = types.find(each => each === type || `${each}; charset=utf-8` === type);
	if (found === undefined) return [`content of type ${type}, and not ${types}`];
	if (!/\bjson\b/.test(found)) return [];
	const way = [...pointer, 'content', found, 'schema'].map(encode).join('/');
	const fits = ajv.getSchema(`document#/${way}`);
	if (fits === undefined) return [`no schema at ${way}`];
	return fits(JSON.parse(content)) ? [] : (fits.errors ?? []);
}

/** As a part of a JSON pointer in a URI. */
function encode(name: string): string {
	return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
