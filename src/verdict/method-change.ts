import {statusOf} from './message-facts.ts';
import type {Messages} from './messages.ts';
import {broken, type Outcome} from './rule.ts';
import {shownMethod} from './wire-text.ts';

/** The outcome for a method that changed where it must not, with the likely cause. */
export function methodChanged(messages: Messages): Outcome {
	const from = messages.redirect.request.method;
	const to = messages.followUp.request.method;
	return broken(shownMethod(from), shownMethod(to), likelyCause(statusOf(messages), from, to));
}

function likelyCause(status: number, from: string, to: string): string | undefined {
	if (from.toUpperCase() === to.toUpperCase()) {
		return 'the case of the method was changed; methods are case-sensitive';
	}
	if (to !== 'GET') return undefined;
	if (status === 301 || status === 302) {
		return `the exception that lets POST become GET on ${status} was taken for ${shownMethod(from)} too`;
	}
	if (from === 'HEAD') return 'the client follows redirects with GET, whatever was asked for';
	return `the client handles ${status} like 302 or 303, where POST becomes GET`;
}
