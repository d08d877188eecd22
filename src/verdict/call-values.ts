import {attemptFields, callFields} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import type {Exchange} from '../journal/exchange.ts';
import type {Surroundings} from './rule.ts';

/** More different messages than this under one value are not told apart: it is no value of one call then. */
const most = 2;

/**
 * The values of per-call fields, such as `X-Request-Id`, and the messages that carried each, follow-ups
 * apart. A value that came with many messages names no call: some clients send one with all they do.
 */
export class CallValues {
	readonly #fields: readonly string[];
	/** By the field with its value. */
	readonly #messages = new Map<string, Set<string>>();

	constructor({exchanges, scenario, isFollowUp}: Surroundings) {
		this.#fields = [...new Set([...callFields, ...scenario.callHeaders].map(lowerCase))];
		for (const exchange of exchanges)
			for (const field of this.#fields) {
				const line = lineOf(field, exchange);
				if (line !== undefined && !isFollowUp(exchange)) this.#enter(line, messageOf(exchange));
			}
	}

	/** Whether a request is the same message once more, and carries a value that nothing else carried. */
	isRepetition(exchange: Exchange, later: Exchange): boolean {
		if (messageOf(exchange) !== messageOf(later)) return false;
		return this.#shared(exchange, later).some(({messages}) => messages === 1);
	}

	/**
	 * Whether two requests are of one call: they share a value that only they carried. Of fields that
	 * programs pass on to all that they do for one request of their own, such as `X-Request-Id`, it counts
	 * only where method and content are the same, too.
	 */
	isOneCall(exchange: Exchange, later: Exchange): boolean {
		return this.#shared(exchange, later).some(
			({field, messages}) =>
				messages <= most && (!attemptFields.has(field) || hasSameContent(exchange, later)),
		);
	}

	/** Whether two requests for one URL share a value that only they carried. */
	isOneAttempt(exchange: Exchange, later: Exchange): boolean {
		return this.#shared(exchange, later).some(({messages}) => messages <= most);
	}

	/** The fields in which both agree, each with the number of different messages that carried its value. */
	#shared(one: Exchange, other: Exchange): {field: string; messages: number}[] {
		return this.#fields.flatMap(field => {
			const line = lineOf(field, one);
			if (line === undefined || line !== lineOf(field, other)) return [];
			return [{field, messages: this.#messages.get(line)?.size ?? 0}];
		});
	}

	#enter(line: string, message: string): void {
		const known = this.#messages.get(line);
		if (known === undefined) this.#messages.set(line, new Set([message]));
		else if (known.size <= most) known.add(message);
	}
}

/** Whether two requests have the same method and the same content, and some; both came whole. */
export function hasSameContent({request}: Exchange, later: Exchange): boolean {
	const {body, method} = later.request;
	return (
		request.method === method &&
		body.size > 0 &&
		body.complete &&
		request.body.complete &&
		request.body.sha256 === body.sha256
	);
}

function lineOf(field: string, {request}: Exchange): string | undefined {
	const value = headerValue(request.headers, field);
	return value === undefined ? undefined : `${field}: ${value}`;
}

function messageOf({request: {method, url, body}}: Exchange): string {
	return `${method} ${url} ${body.complete ? body.sha256 : 'cut'}`;
}

function lowerCase(name: string): string {
	return name.toLowerCase();
}
