import {FollowthroughError} from '../errors.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import {parseCallLine} from '../scenario/request-line.ts';
import type {Authored} from './authored.ts';
import {nameOfRedirect, titleOf} from './scenario-name.ts';
import {scenarioOf} from './scenario-of-exchanges.ts';

/** What a person is asked for a scenario. */
export interface Answers {
	/** The request that is redirected, such as `POST https://api.example.test/users`. */
	readonly request: string;
	/** Where to: the Location as it is sent, absolute or relative. */
	readonly location: string;
	/** 307 unless told. */
	readonly status?: number;
	/** The scenario's name; after the URL unless told. */
	readonly name?: string;
}

/**
 * A scenario of one redirect.
 *
 * @throws FollowthroughError OPTION_INVALID for an answer that can't be used
 */
export function fromAnswers({request, location, status = 307, name}: Answers): Authored {
	const {method, url} = readRequest(request);
	const exchange = {
		request: {method, url, headers: []},
		response: {
			status: readStatus(status),
			headers: [['Location', readLocation(location)] as const],
		},
	};
	const {scenario, notes} = scenarioOf([exchange], {
		name: name ?? nameOfRedirect(url, status),
		title: titleOf(method, url, status),
	});
	return {scenario, notes, comments: []};
}

/** @throws FollowthroughError OPTION_INVALID */
export function readRequest(request: string): {method: string; url: string} {
	const line = parseCallLine(request);
	if (!('faults' in line)) return line;
	throw unusable(`the request "${request}" can't be used: ${line.faults.join('; ')}`);
}

/** @throws FollowthroughError OPTION_INVALID */
export function readStatus(status: number | string): number {
	const code = /^\d{3}$/.test(String(status)) ? Number(status) : 0;
	if (isRedirectStatus(code)) return code;
	throw unusable(
		`the status "${status}" is none that clients follow: expected 301, 302, 303, 307 or 308`,
	);
}

/** @throws FollowthroughError OPTION_INVALID */
export function readLocation(location: string): string {
	if (/^[^\p{Cc}\s]+$/u.test(location)) return location;
	throw unusable(
		`the Location ${JSON.stringify(location)} can't be used: expected a URL without spaces, such as "https://api.example.test/v2/users" or "../v2/users"`,
	);
}

function unusable(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
