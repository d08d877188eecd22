import type {DocumentedBody} from './documented-exchange.ts';

/** The members of a call or response that hold its body. */
export interface BodyMembers {
	readonly json?: unknown;
	readonly text?: string;
	readonly base64?: string;
	readonly repeat?: number;
}

export interface WrittenBody {
	readonly members: BodyMembers;
	/** The Content-Type that comes with these members; the field itself need not be written then. */
	readonly type?: string;
	/** Its size, when another body of this size stands in its place. */
	readonly standsInFor?: number;
}

/** A scenario is read by people: in larger bodies they would not find it any more. */
const largest = 16 * 1024;
const largestRepeated = 64 * 1024 * 1024;

const jsonType = 'application/json';
const textType = 'text/plain; charset=utf-8';

/**
 * A body as a scenario has it: as `json` where its bytes mean the same so, otherwise as text or bytes.
 *
 * @param type its Content-Type, as far as it is known
 */
export function bodyMembers(body: DocumentedBody | undefined, type?: string): WrittenBody {
	if (body === undefined) return {members: {}};
	const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
	if (bytes.length === 0) return {members: {}};
	if (bytes.length > largest) {
		const repeat = Math.min(bytes.length, largestRepeated);
		return {members: {text: 'x', repeat}, type: textType, standsInFor: bytes.length};
	}
	const text = bytes.toString();
	if (!Buffer.from(text).equals(bytes)) return {members: {base64: bytes.toString('base64')}};
	const json = isJson(type) ? asJson(text) : undefined;
	return json === undefined ? {members: {text}, type: textType} : {members: json, type: jsonType};
}

/** Without a type, what looks like an object or a list is one. */
function isJson(type: string | undefined): boolean {
	return type === undefined || /^application\/(?:[\w.-]+\+)?json\b/i.test(type);
}

/** Undefined for what JSON would be written otherwise: numbers that JavaScript rounds, names that stand twice. */
function asJson(text: string): {json: unknown} | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		const json: unknown = JSON.parse(text);
		return withoutSpace(JSON.stringify(json)) === withoutSpace(text) ? {json} : undefined;
	} catch {
		return undefined;
	}
}

function withoutSpace(text: string): string {
	return text.replace(/\s+/g, '');
}
