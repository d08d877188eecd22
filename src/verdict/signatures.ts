import {requestTarget} from '../http/location.ts';
import {namedAuthority} from '../journal/named-authority.ts';
import type {Message} from './messages.ts';

/** Whether a credential is made for one request, and holds for no other: AWS Signature Version 4, Digest. */
export function isMadeForTarget(credential: string): boolean {
	return /^(?:aws4-[\w-]+|digest) /i.test(credential);
}

/**
 * The parts of a message that a signature covers and that are others in another message, by their names
 * in RFC 9421, 2.2; undefined where it is unknown what it covers.
 */
export function changedParts(signed: Message, other: Message): string[] | undefined {
	const input = signed.fields.get('signature-input')?.value;
	if (input === undefined) return undefined;
	return coveredParts(input).filter(part => partOf(part, signed) !== partOf(part, other));
}

/** What the signatures of a Signature-Input cover: the names in its lists, without their parameters. */
function coveredParts(input: string): string[] {
	const lists = input.match(/\((?:[^()"]|"[^"]*")*\)/g) ?? [];
	return [
		...new Set(
			lists.flatMap(list => [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name)),
		),
	];
}

/** The part of a message with this name; empty for one that is no matter of the target. */
function partOf(name: string, message: Message): string {
	const target = requestTarget(message.url);
	const [path = ''] = target.split('?', 1);
	const query = target.slice(path.length);
	const authority = (namedAuthority(message) ?? '').toLowerCase();
	if (name === '@method') return message.method;
	if (name === '@authority' || name === 'host') return authority;
	if (name === '@path') return path;
	if (name === '@query') return query;
	if (name === '@request-target') return target;
	return name === '@target-uri' ? `${authority}${target}` : '';
}
