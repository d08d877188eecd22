import {chromium} from './chromium.ts';
import {families, type KnownClient} from './known-client.ts';
import {nodeClients} from './node.ts';
import {programs} from './programs.ts';

/** All clients that are graded where they are installed, in the order of the tables. */
export const knownClients: readonly KnownClient[] = [
	...programs,
	...nodeClients,
	chromium,
].toSorted((one, other) => families.indexOf(one.family) - families.indexOf(other.family));
