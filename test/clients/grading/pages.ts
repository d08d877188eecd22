import type {KnownClient} from '../adapters/known-client.ts';
import type {GradedClient} from './graded.ts';

/** A client that is on this machine, and what it came to. */
export interface InstalledClient {
	readonly client: KnownClient;
	readonly version: string;
	readonly grade: GradedClient;
}

export function writePages(
	_clients: readonly InstalledClient[],
	_missing: readonly KnownClient[],
): void {}
