import {isSecretName} from '../../http/secrets.ts';
import {fieldDifferences} from '../field-differences.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import type {Message} from '../messages.ts';
import {messagesOf} from '../messages.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/** Only the scenario can know whether the other origin may have the secret: it says so by enforcing the rule. */
export const secretHeadersWithheld: HopRule = {
	id: 'secret-headers-withheld',
	about: 'hop',
	sees: 'journal',
	level: 'policy',
	statement:
		'A client withholds secrets in headers of the caller, such as X-Api-Key, from another origin.',
	source: Object.freeze({
		document: 'curl, Known risks, HTTP headers in redirects',
		url: 'https://github.com/curl/curl/blob/master/docs/KNOWN_RISKS.md#http-headers-in-redirects',
		passage:
			'curl makes some limited attempts to not leak credentials this way when set using the standard curl options, but when you pass on custom headers curl cannot know what headers or details in those headers are sensitive.',
	}),
	appliesTo: hop => wentCrossOrigin(hop) && secretsOf(hop.redirect.request).length > 0,
	check(hop, {scenario}) {
		const {redirect, followUp} = messagesOf(hop);
		const [before, after] = [redirect.request.fields, followUp.request.fields];
		const gone = new Set(
			fieldDifferences(before, after, isSecretOfCaller).map(({name}) => name.toLowerCase()),
		);
		const leaked = secretsOf(redirect.request).filter(name => !gone.has(name));
		if (leaked.length === 0) return kept;
		if (!scenario.enforce.includes('secret-headers-withheld')) {
			return notObserved(
				`${leaked.join(', ')} went to another origin, which may be meant to have it; a scenario that enforces this rule says that it is not`,
			);
		}
		const names = leaked.map(name => before.get(name)?.name ?? name);
		return broken(
			`no ${names.join(', ')} at ${shownUrl(followUp.request.origin)}`,
			leaked
				.map((name, i) => `${names[i]}: ${shownValue(name, before.get(name)?.value ?? '')}`)
				.join('\n'),
			'only Authorization and Cookie are withheld: no client can know the other secrets of its caller',
		);
	},
};

function secretsOf({fields}: Message): string[] {
	return [...fields.keys()].filter(isSecretOfCaller);
}

/** Fields that have rules of their own. */
const ofOtherRules = new Set([
	...['authorization', 'proxy-authorization', 'cookie', 'cookie2', 'set-cookie'],
	...['signature', 'signature-input'],
]);

function isSecretOfCaller(name: string): boolean {
	return !ofOtherRules.has(name) && isSecretName(name);
}
