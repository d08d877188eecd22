import type {Api} from './api.ts';
import {Problem} from './problem.ts';
import type {Secrets} from './views/wire-text.ts';

/** The query parameter by which recorded credentials are asked for. */
export const secretsParameter = {
	enum: ['masked', 'shown'],
	default: 'masked',
	description:
		'Whether credentials in header fields and URLs are `***`, or told as they came: to the bearer of the token, or by a server that was started with --show-secrets.',
} as const;

/**
 * How credentials are to be told.
 *
 * @throws Problem SECRETS_REFUSED
 */
export function secretsFor({secrets}: {secrets?: Secrets}, {maySeeSecrets}: Api): Secrets {
	if (secrets !== 'shown') return 'masked';
	if (maySeeSecrets) return 'shown';
	throw new Problem(
		'SECRETS_REFUSED',
		'secrets=shown was asked of a server that has neither a token nor --show-secrets.',
	);
}
