import {normalEscapes, requestTarget} from '../../http/location.ts';
import {originOf} from '../../http/origin.ts';
import {missedTargetCause} from '../missed-target-cause.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/** Origin, path and query, byte for byte. A fragment that was sent along is no-fragment-sent's matter. */
export const targetIsLocation: MessageRule = {
	id: 'target-is-location',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client goes to exactly the address that the Location names.',
	source: rfc9110(
		'15.4',
		"Replace the target URI with the URI referenced by the redirection response's Location header field value after resolving it relative to the original request's target URI.",
	),
	// A client that took an interim response for the redirect is interim-not-followed's matter.
	appliesTo: hop => hop.redirect.response.location?.resolved !== undefined && !hop.followsInterim,
	check(hop) {
		const location = hop.redirect.response.location;
		if (location?.resolved === undefined) return notObserved('the Location leads nowhere');
		const {origin, targets} = location.resolved;
		const {url} = hop.followUp.request;
		if (url === origin + targets[0]) return kept;
		const target = requestTarget(url);
		if (originOf(url) === origin && isOneOf(targets, target)) return kept;
		if (originOf(url) === origin && isRecovery(location.documented, target, targets)) {
			return notObserved(
				'the Location has characters that no URI can have, and a client may read them as it sees fit (RFC 9110, 10.2.2)',
			);
		}
		const cause = missedTargetCause({
			original: hop.redirect.request.url,
			location: location.documented,
			resolved: location.resolved,
			actual: url,
		});
		return broken(shownUrl(origin + (targets[0] ?? '')), shownUrl(url), cause);
	},
};

function isOneOf(targets: readonly string[], target: string): boolean {
	if (targets.includes(target)) return true;
	const normal = normalEscapes(target);
	return targets.some(exact => normalEscapes(exact) === normal);
}

/** ASCII characters that stand in no URI (RFC 3986, 2). */
const invalid = /[^!-~\x80-\xff]|["<>\\^`{|}]/;

/** Whether a request-target differs from what is exact only in how such characters are written, such as `+` for a space. */
function isRecovery(location: string, target: string, targets: readonly string[]): boolean {
	if (!invalid.test(location)) return false;
	const read = readLoosely(target);
	return targets.some(exact => readLoosely(exact) === read);
}

function readLoosely(target: string): string {
	const mark = `${target}?`.indexOf('?');
	const query = target.slice(mark).replaceAll('+', ' ');
	return (target.slice(0, mark) + query).replace(/%[0-9a-f]{2}/gi, encoded => {
		const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
		return invalid.test(character) ? character : encoded;
	});
}
