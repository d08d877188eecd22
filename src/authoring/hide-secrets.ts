import {type HeaderLine, type HeaderLines, headerValue} from '../http/header-lines.ts';
import {type Hide, isSecretName, maskedText, maskedUrl, maskedValue} from '../http/secrets.ts';
import type {DocumentedBody, DocumentedExchange} from './documented-exchange.ts';
import type {Note} from './note.ts';

/**
 * The exchanges with a placeholder such as `secret-1` for each value that is usually a credential, the
 * same one wherever the value stands: what a follow-up repeats can still be compared.
 */
export function hideSecrets(exchanges: readonly DocumentedExchange[]): {
	exchanges: DocumentedExchange[];
	notes: Note[];
} {
	const hider = new Hider();
	// The first round finds all secrets, the second one finds them under other names, too.
	const named = exchanges.map(exchange => hideIn(exchange, hider.named));
	const hidden = hider.count === 0 ? named : named.map(exchange => hider.everywhere(exchange));
	return {exchanges: hidden, notes: hider.notes()};
}

/** How the parts of a message are written without secrets. */
interface Parts {
	readonly url: (url: string) => string;
	readonly value: (name: string, value: string) => string;
	readonly text: (text: string, type: string | undefined) => string;
}

function hideIn({request, response}: DocumentedExchange, parts: Parts): DocumentedExchange {
	return {
		request: {...request, url: parts.url(request.url), ...messageParts(request, parts)},
		response: {...response, ...messageParts(response, parts)},
	};
}

interface Message {
	readonly headers: HeaderLines;
	readonly body?: DocumentedBody;
}

function messageParts({headers, body}: Message, parts: Parts): Message {
	const type = headerValue(headers, 'Content-Type');
	return {
		headers: headers.flatMap(([name, value]) =>
			// Some recorders put several lines of a field into one value.
			value.split(/\r?\n/).map((line): HeaderLine => [name, parts.value(name, line.trim())]),
		),
		...(body !== undefined && {body: bodyParts(body, type, parts)}),
	};
}

function bodyParts(body: DocumentedBody, type: string | undefined, parts: Parts): DocumentedBody {
	if ('text' in body) return {text: parts.text(body.text, type)};
	const bytes = Buffer.from(body.base64, 'base64').toString('latin1');
	const hidden = parts.text(bytes, type);
	return hidden === bytes ? body : {base64: Buffer.from(hidden, 'latin1').toString('base64')};
}

class Hider {
	readonly #placeholders = new Map<string, string>();
	readonly #names = new Set<string>();

	get count(): number {
		return this.#placeholders.size;
	}

	/** Hides what stands under the name of a credential. */
	readonly named: Parts = {
		url: url => maskedUrl(url, this.#hide('the URL')),
		value: (name, value) => {
			const isSecret = isSecretName(name);
			return maskedValue(name, value, this.#hide(isSecret ? name : `a URL in ${name}`));
		},
		text: (text, type) => this.#hideInText(text, type),
	};

	/** Hides secrets that are known by now, whatever name they have there. */
	everywhere(exchange: DocumentedExchange): DocumentedExchange {
		const long = [...this.#placeholders].filter(([secret]) => secret.length >= shortest);
		const known = long
			.flatMap(([secret, placeholder]) =>
				[...new Set([secret, encodeURIComponent(Buffer.from(secret).toString())])].map(
					(form): [string, string] => [form, placeholder],
				),
			)
			.sort(([a], [b]) => b.length - a.length);
		const replace = (text: string) =>
			known.reduce((rest, [secret, placeholder]) => rest.replaceAll(secret, placeholder), text);
		return hideIn(exchange, {url: replace, value: (_, value) => replace(value), text: replace});
	}

	notes(): Note[] {
		if (this.count === 0) return [];
		const what = this.count === 1 ? 'a value that is' : `${this.count} values that are`;
		const from = [...this.#names].join(', ');
		return [
			{
				message: `${what} usually secret became ${this.count === 1 ? 'a placeholder' : 'placeholders'} such as "secret-1" (from ${from}); what else may be secret stands as it was, so read the file before you share it`,
			},
		];
	}

	#hide(place: string): Hide {
		return secret => {
			const quoted = /^"(.*)"$/.exec(secret)?.[1];
			if (quoted !== undefined) return `"${this.#placeholderFor(quoted, place)}"`;
			return this.#placeholderFor(secret, place);
		};
	}

	#placeholderFor(secret: string, place: string): string {
		this.#names.add(place);
		const known = this.#placeholders.get(secret) ?? this.#placeholders.get(decoded(secret));
		const placeholder = known ?? `secret-${this.count + 1}`;
		// What is a placeholder already stays one.
		if (!/^secret-\d+$/.test(secret)) this.#placeholders.set(decoded(secret), placeholder);
		return placeholder;
	}

	#hideInText(text: string, type: string | undefined): string {
		const json = asJson(text);
		if (json === undefined) {
			const hide = this.#hide('a body');
			return isForm(type) ? maskedText(text, hide) : maskedText(maskedUrl(text, hide), hide);
		}
		const before = this.#names.size + this.count;
		const hidden = this.#hideInJson(json.value, '');
		const changed =
			before !== this.#names.size + this.count ||
			JSON.stringify(hidden) !== JSON.stringify(json.value);
		return changed ? JSON.stringify(hidden) : text;
	}

	/** @param secret the name of a credential that the value stands under; empty for none */
	#hideInJson(value: unknown, secret: string): unknown {
		if (typeof value === 'string') {
			if (secret !== '' && value !== '') return this.#placeholderFor(value, `"${secret}"`);
			return maskedUrl(value, this.#hide('a URL in a body'));
		}
		if (typeof value === 'number' && secret !== '') {
			this.#names.add(`"${secret}"`);
			return 0;
		}
		if (Array.isArray(value)) return value.map(item => this.#hideInJson(item, secret));
		if (typeof value !== 'object' || value === null) return value;
		const members = Object.entries(value).map(([name, member]) => [
			name,
			this.#hideInJson(member, isSecretName(name) ? name : secret),
		]);
		return Object.fromEntries(members);
	}
}

/** A shorter one may be a word that stands in many places. */
const shortest = 8;

function isForm(type: string | undefined): boolean {
	return /^application\/x-www-form-urlencoded\b/i.test(type ?? '');
}

function asJson(text: string): {value: unknown} | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return {value: JSON.parse(text)};
	} catch {
		return undefined;
	}
}

function decoded(secret: string): string {
	try {
		return decodeURIComponent(secret);
	} catch {
		return secret;
	}
}
