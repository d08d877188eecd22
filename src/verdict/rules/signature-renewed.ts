import {wentCrossOrigin} from '../message-facts.ts';
import type {Message, Messages} from '../messages.ts';
import {broken, kept, type MessageRule, notObserved, type Outcome} from '../rule.ts';
import {changedParts} from '../signatures.ts';
import {rfc9421} from '../sources.ts';

/**
 * A signature that names what was redirected is no proof for the target. An Authorization that is one is
 * looked at within its origin alone: at another one it is authorization-withheld's matter.
 */
export const signatureRenewed: MessageRule = {
	id: 'signature-renewed',
	about: 'hop',
	sees: 'messages',
	level: 'policy',
	statement: 'A client signs the follow-up anew, or leaves the signature out.',
	source: rfc9421(
		'3.1',
		'Signers of a request SHOULD include some or all of the message control data in the covered components, such as the @method, @authority, @target-uri, or some combination thereof.',
	),
	appliesTo: hop => hop.redirect.request.fields.has('signature') || isSignedForAws(hop),
	check(hop) {
		const {redirect, followUp} = hop;
		if (!redirect.request.fields.has('signature')) return checkAws(hop);
		if (!isRepeated('signature', hop)) return kept;
		const changed = changedParts(redirect.request, followUp.request);
		if (changed === undefined) {
			return notObserved('there is no Signature-Input that would say what the signature covers');
		}
		if (changed.length === 0) return kept;
		return stale('Signature: ***', changed);
	},
};

function checkAws(hop: Messages): Outcome {
	if (!isRepeated('authorization', hop)) return kept;
	const {redirect, followUp} = hop;
	const isSame =
		redirect.request.url === followUp.request.url &&
		redirect.request.method === followUp.request.method;
	return isSame ? kept : stale('Authorization: AWS4-HMAC-SHA256 ***', ['method, path and query']);
}

function stale(field: string, covered: readonly string[]): Outcome {
	return broken(
		'a signature over the follow-up, or none',
		`${field}, made for the redirected request: it covers ${covered.join(', ')}`,
		'the signature was copied like any other header; the client, or its caller, has to sign each request',
	);
}

function isSignedForAws(hop: Messages): boolean {
	return !wentCrossOrigin(hop) && /^aws4-/i.test(lineOf('authorization', hop.redirect.request));
}

function isRepeated(field: string, {redirect, followUp}: Messages): boolean {
	return lineOf(field, redirect.request) === lineOf(field, followUp.request);
}

function lineOf(field: string, {fields}: Message): string {
	return fields.get(field)?.value ?? '';
}
