import {headerValue} from '../../http/header-lines.ts';
import {requestTarget} from '../../http/location.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc7616} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/** A credential that was copied to another origin is authorization-withheld's matter. */
export const digestNamesTarget: HopRule = {
	id: 'digest-names-target',
	about: 'hop',
	sees: 'journal',
	level: 'must',
	statement: 'A client that sends Digest credentials again makes them for the new request-target.',
	source: rfc7616('3.4.6', 'it MUST agree with the request-target'),
	appliesTo(hop) {
		const before = hop.redirect.request.fields.get('authorization')?.value ?? '';
		const after = hop.followUp.request.fields.get('authorization')?.value ?? '';
		if (!isDigest(before) || !isDigest(after)) return false;
		return !wentCrossOrigin(hop) || before !== after;
	},
	check({redirect, followUp}) {
		const uri = uriOf(followUp.request.headers);
		const {target} = followUp.request;
		if (uri === undefined) return notObserved('the credentials have no uri');
		if (agrees(uri, target)) return kept;
		const before = uriOf(redirect.request.headers) ?? '';
		if (!agrees(before, redirect.request.target)) {
			return notObserved('the credentials of the redirected request named another target, too');
		}
		return broken(
			`Authorization: Digest … uri="${shownUrl(target)}"`,
			`Authorization: Digest … uri="${shownUrl(uri)}"`,
			uri === before
				? 'the credentials of the redirected request were copied by the client, or set by its caller for every request'
				: undefined,
		);
	},
};

function isDigest(credential: string): boolean {
	return /^digest /i.test(credential);
}

/** The uri of Digest credentials, which may be quoted. */
function uriOf(headers: Parameters<typeof headerValue>[0]): string | undefined {
	const credential = headerValue(headers, 'authorization') ?? '';
	const [, quoted, plain] = /[\s,]uri=(?:"([^"]*)"|([^\s,]+))/i.exec(credential) ?? [];
	return quoted ?? plain;
}

/** An absolute URI may stand for the path and query that it has; a client may send either. */
function agrees(uri: string, target: string): boolean {
	return requestTarget(uri) === requestTarget(target);
}
