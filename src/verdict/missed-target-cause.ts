import {asLatin1, likeLatin1} from '../http/latin1.ts';
import {type ResolvedLocation, requestTarget} from '../http/location.ts';
import {originOf} from '../http/origin.ts';

/** A follow-up that missed the Location: all URLs in their documented form. */
export interface MissedTarget {
	/** The absolute URL of the redirected request. */
	readonly original: string;
	/** The Location as written, such as `../v2/users?x=1`. */
	readonly location: string;
	/** Where it leads. */
	readonly resolved: ResolvedLocation;
	/** The absolute URL of the follow-up. */
	readonly actual: string;
}

/** The mistake that leads a client to `actual`, in words; undefined when no known one does. */
export function missedTargetCause(missed: MissedTarget): string | undefined {
	const {original, resolved, actual, location} = missed;
	const target = requestTarget(actual);
	const origin = originOf(actual);
	if (origin !== resolved.origin) {
		if (!resolved.targets.includes(target)) return undefined;
		return origin === originOf(original)
			? 'the new path was asked for at the old origin: scheme, host and port of the Location were ignored'
			: 'the path is right, the origin is not';
	}
	const pair = {original: requestTarget(original), location, expected: resolved.targets, target};
	for (const [fits, cause] of mistakes) if (fits(pair)) return cause;
	return undefined;
}

/** Request-targets, without origin and fragment. */
interface Targets {
	readonly original: string;
	readonly location: string;
	readonly expected: readonly string[];
	readonly target: string;
}

type Mistake = readonly [fits: (targets: Targets) => boolean, cause: string];

const mistakes: readonly Mistake[] = [
	[queryWasAppended, 'the query of the original request was added to the Location'],
	[
		resolvedAgainstFolder,
		'a Location that is only a query keeps the path of the request; it was resolved against the folder above it',
	],
	[queryWasDropped, 'the query of the Location was dropped'],
	[
		resolvedAgainstRoot,
		'a relative Location is resolved against the folder of the request; it was resolved against the root',
	],
	[
		appendedToPath,
		'a relative Location replaces the last segment of the path; it was appended to the whole path',
	],
	[
		readAsLatin1,
		'the bytes of the Location were read as Latin-1, and each was encoded as a character of its own',
	],
	[encodedTwice, 'what was percent-encoded was percent-encoded once more: % became %25'],
	[decodedOnce, 'percent-encoded characters were decoded'],
	[sameWhenDecoded, 'the percent-encoding was changed'],
	[changedCase, 'the case of letters was changed; paths and queries are case-sensitive'],
	[slashAdded, 'a slash was added at the end of the path'],
	[slashRemoved, 'the slash at the end of the path was removed'],
];

function queryWasAppended({original, expected, target}: Targets): boolean {
	const query = original.slice(pathOf(original).length + 1);
	if (query === '') return false;
	return expected.some(wanted => target === `${wanted}${wanted.includes('?') ? '&' : '?'}${query}`);
}

function resolvedAgainstFolder({original, location, target}: Targets): boolean {
	if (!location.startsWith('?')) return false;
	const path = pathOf(original);
	return pathOf(target) === path.slice(0, path.lastIndexOf('/') + 1);
}

function queryWasDropped({expected, target}: Targets): boolean {
	return expected.some(wanted => wanted !== target && pathOf(wanted) === target);
}

function resolvedAgainstRoot({location, target}: Targets): boolean {
	return (
		isRelativePath(location) &&
		target === `/${withoutFragment(location).replace(/^(\.\.?\/)+/, '')}`
	);
}

function appendedToPath({original, location, target}: Targets): boolean {
	if (!isRelativePath(location)) return false;
	const reference = withoutFragment(location);
	return target === `${pathOf(original).replace(/\/$/, '')}/${reference}`;
}

function encodedTwice({expected, target}: Targets): boolean {
	return expected.some(wanted => wanted.includes('%') && target === wanted.replaceAll('%', '%25'));
}

function readAsLatin1({expected, target}: Targets): boolean {
	const read = likeLatin1(target);
	return read !== '' && expected.some(wanted => asLatin1(wanted) === read);
}

function decodedOnce({expected, target}: Targets): boolean {
	return expected.some(wanted => {
		const plain = decoded(wanted);
		if (plain === undefined || !wanted.includes('%')) return false;
		return plain === target || (plain === decoded(target) && escapes(target) < escapes(wanted));
	});
}

function sameWhenDecoded({expected, target}: Targets): boolean {
	return expected.some(
		wanted => decoded(wanted) !== undefined && decoded(wanted) === decoded(target),
	);
}

function changedCase({expected, target}: Targets): boolean {
	return expected.some(wanted => wanted.toLowerCase() === target.toLowerCase());
}

function slashAdded({expected, target}: Targets): boolean {
	return expected.some(wanted => withPath(wanted, `${pathOf(wanted)}/`) === target);
}

function slashRemoved({expected, target}: Targets): boolean {
	return expected.some(
		wanted =>
			pathOf(wanted).endsWith('/') && withPath(wanted, pathOf(wanted).slice(0, -1)) === target,
	);
}

function pathOf(target: string): string {
	const mark = target.indexOf('?');
	return mark === -1 ? target : target.slice(0, mark);
}

function withPath(target: string, path: string): string {
	return path + target.slice(pathOf(target).length);
}

function isRelativePath(location: string): boolean {
	return !/^(?:[a-z][a-z0-9+.-]*:|[/?#]|$)/i.test(location);
}

function withoutFragment(location: string): string {
	return location.split('#', 1)[0] ?? '';
}

function escapes(target: string): number {
	return target.match(/%[0-9a-f]{2}/gi)?.length ?? 0;
}

function decoded(target: string): string | undefined {
	try {
		return decodeURIComponent(target);
	} catch {
		return undefined;
	}
}
