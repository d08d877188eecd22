import {encodeUnsendable, escapePath} from '../../scenario/path-pattern.ts';
import {type JsonObject, textAt} from '../unknown-json.ts';
import type {StubNotes} from './stub.ts';

/** The path of a route, and what else the URL asks for. */
export interface StubUrl {
	/** In the syntax of @koa/router. */
	readonly path: string;
	/** With its `?`; empty for none. */
	readonly query: string;
	/** The parameters of the path by the number of their segment, from 0. */
	readonly segments: ReadonlyMap<number, string>;
	/** Whether the route takes requests that the stub does not. */
	readonly looser: boolean;
}

/** Where a stub answers; undefined when it can't be said, which is noted. */
export function stubUrl(request: JsonObject, notes: StubNotes): StubUrl | undefined {
	const url = textAt(request, 'url');
	const urlPath = textAt(request, 'urlPath');
	const template = textAt(request, 'urlPathTemplate');
	if (url !== undefined) return fromUrl(url);
	if (urlPath !== undefined) return constant(urlPath, '');
	if (template !== undefined) return fromTemplate(template);
	for (const member of ['urlPathPattern', 'urlPattern']) {
		const pattern = textAt(request, member);
		if (pattern !== undefined) return fromPattern(pattern, member, notes);
	}
	return {path: '/{*any}', query: '', segments: new Map(), looser: false};
}

function constant(path: string, query: string): StubUrl {
	return {path: escapePath(path), query, segments: new Map(), looser: false};
}

function fromUrl(url: string): StubUrl {
	const [path = '', ...rest] = url.split('?');
	const query = encodeUnsendable(rest.join('?')).replace(/^\//, '%2F').replace(/#.*/, '');
	return constant(path, query === '' ? '' : `?${query}`);
}

/** A template as in OpenAPI: `/contacts/{contactId}`. */
function fromTemplate(template: string): StubUrl {
	const parts = template.split('/').map(segment =>
		segment
			.split(/(\{[^}]+\})/)
			.map(part => {
				const name = /^\{([^}]+)\}$/.exec(part)?.[1];
				return name === undefined ? escapePath(part) : `:${nameOf(name)}`;
			})
			.join(''),
	);
	return withSegments(parts, false);
}

/** What a regular expression says of a segment, when it is one that says no more than "anything". */
const anySegment = /^\(?(?:\[\^\/\](?:\+|\*)|\.(?:\+|\*))\)?$/;
const someSegment =
	/^\(?(?:\\[dw]|\[(?:[\w\\-]|\\.)+\]|\.)(?:[+*]|\{\d+(?:,\d*)?\})(?:-(?:\\[dw]|\[[\w\\-]+\])(?:[+*]|\{\d+(?:,\d*)?\}))*\)?$/;

/** Literal segments and segments that are variable can be said in a path; other patterns can't. */
function fromPattern(pattern: string, member: string, notes: StubNotes): StubUrl | undefined {
	const inner = pattern.replace(/^\^/, '').replace(/\$$/, '');
	const [path = '', query] = inner.split('\\?');
	let looser = false;
	let isReadable = query === undefined || /^(?:\.\*|\.\+)$/.test(query);
	const written = slashed(path);
	const parts = written.map((segment, index) => {
		const last = index === written.length - 1;
		if (/^\(?\.[*+]\)?$/.test(segment)) return last ? '{*rest}' : `:segment${index}`;
		if (anySegment.test(segment)) return `:segment${index}`;
		if (someSegment.test(segment)) {
			looser = true;
			return `:segment${index}`;
		}
		const literal = segment.replace(/\\([^\w])/g, '$1');
		if (/[[\](){}*+?|^$]|\\/.test(segment.replace(/\\[^\w]/g, ''))) isReadable = false;
		// An unescaped dot stands for any character; it is mostly meant as a dot.
		if (/\./.test(segment.replace(/\\[^\w]/g, ''))) looser = true;
		return escapePath(literal);
	});
	if (!isReadable || !path.startsWith('/')) {
		notes.add(
			`request.${member}`,
			`${JSON.stringify(pattern)} has no equivalent in a path, so the mapping was left out: a path has literal segments, and variable ones such as ":id"`,
		);
		return undefined;
	}
	if (looser)
		notes.add(
			`request.${member}`,
			`${JSON.stringify(pattern)} became ${parts.join('/')}, where a parameter stands for any segment`,
		);
	return withSegments(parts, looser);
}

/** Splits at slashes, but not at those inside brackets such as `[^/]+`. */
function slashed(path: string): string[] {
	return path
		.replace(/\[\^\/\]/g, '[^\u0001]')
		.split('/')
		.map(part => part.replaceAll('\u0001', '/'));
}

function withSegments(parts: readonly string[], looser: boolean): StubUrl {
	const names = parts.slice(1).flatMap((part, index): [number, string][] => {
		const name = /^:(\w+)$/.exec(part)?.[1];
		return name === undefined ? [] : [[index, name]];
	});
	const path = parts.join('/').replace(/\/\{\*rest\}$/, '/{*rest}');
	return {path, query: '', segments: new Map(names), looser};
}

function nameOf(name: string): string {
	const identifier = name.replace(/\W+/g, '_');
	return /^\d/.test(identifier) ? `_${identifier}` : identifier;
}
