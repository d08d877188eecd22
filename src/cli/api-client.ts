import {request as requestHttp} from 'node:http';
import {request as requestHttps} from 'node:https';
import {text} from 'node:stream/consumers';
import {Refusal} from './refusal.ts';

/** Where the HTTP API of a `serve` is, and what it is asked with. */
export interface ApiAccess {
	/** Such as `http://127.0.0.1:3070`. */
	readonly url: string;
	readonly token?: string | undefined;
}

/** What the API answered. */
export interface ApiAnswer {
	readonly status: number;
	readonly type: string;
	readonly text: string;
}

/** Milliseconds that an answer may take; an export of a long journal takes a while. */
const patience = 60_000;

/**
 * Reads something of the API of a running `serve`.
 *
 * @param path such as `v1/doubles`
 * @throws Refusal when nothing listens there, or what does is another program, or wants another token
 */
export async function askApi(access: ApiAccess, path: string): Promise<ApiAnswer> {
	const answer = await get(access, path);
	if (answer.status === 401) throw new Refusal(tokenWords(access));
	return answer;
}

/**
 * The JSON of an answer that is a success.
 *
 * @throws Refusal with the problem that the API tells
 */
export function jsonOf(answer: ApiAnswer, {url}: ApiAccess): unknown {
	if (answer.status === 200 && /\bjson\b/.test(answer.type)) return parsed(answer, url);
	throw new Refusal(problemWords(answer, url));
}

/** What the API tells of a problem (RFC 9457); of a program that is none, that it is. */
export function problemWords(answer: ApiAnswer, url: string): string {
	const told = answer.type.startsWith('application/problem+json') ? parsed(answer, url) : undefined;
	const detail = memberOf(told, 'detail');
	return typeof detail === 'string' ? detail : strangerWords(answer, url);
}

/** A member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parsed(answer: ApiAnswer, url: string): unknown {
	try {
		return JSON.parse(answer.text);
	} catch {
		throw new Refusal(strangerWords(answer, url));
	}
}

function strangerWords({status}: ApiAnswer, url: string): string {
	return `What listens at ${url} is no HTTP API of Followthrough: it answered with ${status}. ${elsewhere}`;
}

const elsewhere =
	'"followthrough serve" prints where its API is; --from, or FOLLOWTHROUGH_URL, names the address.';

function tokenWords({url, token}: ApiAccess): string {
	return token === undefined
		? `The API at ${url} asks for a token: give it in the variable FOLLOWTHROUGH_TOKEN.`
		: `The API at ${url} does not take the token that is in the variable FOLLOWTHROUGH_TOKEN.`;
}

async function get({url, token}: ApiAccess, path: string): Promise<ApiAnswer> {
	const target = new URL(path, url.endsWith('/') ? url : `${url}/`);
	const request = target.protocol === 'https:' ? requestHttps : requestHttp;
	try {
		return await new Promise<ApiAnswer>((resolve, reject) => {
			const asked = request(target, {
				// That of the process may go through a proxy, such as a double's, by the environment.
				agent: false,
				headers: token === undefined ? {} : {Authorization: `Bearer ${token}`},
				signal: AbortSignal.timeout(patience),
			});
			asked.once('error', reject).once('response', response => {
				const {statusCode: status = 0, headers} = response;
				const type = headers['content-type'] ?? '';
				text(response).then(text => resolve({status, type, text}), reject);
			});
			asked.end();
		});
	} catch (error) {
		throw new Refusal(unreachedWords(error, url), {cause: error});
	}
}

function unreachedWords(error: unknown, url: string): string {
	const code = memberOf(error, 'code');
	if (code === 'ECONNREFUSED') return `Nothing listens at ${url}. ${elsewhere}`;
	if (memberOf(error, 'name') === 'TimeoutError')
		return `What listens at ${url} did not answer in ${patience / 1000} seconds.`;
	const reason = error instanceof Error ? error.message : String(error);
	return `The API at ${url} can't be reached: ${reason}. ${elsewhere}`;
}
