import {type Hide, hiddenJson, jsonLength} from './hidden-json.ts';
import {withHidden} from './with-hidden.ts';

export type {Hide};

const mask = '***';

const byMask: Hide = () => mask;

/** Words that stand in the names of credentials, written as one. */
const secretWords =
	/apikey|accesskey|subscriptionkey|privatekey|secret|token|jwt|signature|assertion|samlresponse|codeverifier|password|passwd|passphrase|pwd|credential|session|cookie|authorization|authentication|authtoken/i;

/** Short words that are credentials only as a word of their own: `x-auth`, but not `author`. */
const shortWords = /(?:^|[^a-z])(?:auth|sig)(?:$|[^a-z])/i;

/**
 * Whether a name of a header field, a parameter or a member usually stands before a credential:
 * Authorization, Cookie, X-Api-Key and the like.
 */
export function isSecretName(name: string): boolean {
	// `accessToken`, `access_token`, `ACCESS-TOKEN` and `accesstoken` are the same words.
	const words = decoded(name).replace(/([a-z])([A-Z])/g, '$1-$2');
	return shortWords.test(words) || secretWords.test(words.replace(/[^A-Za-z]/g, ''));
}

/** The same of a parameter of a URL or a form: there `code` is what OAuth gives for a token (RFC 6749, 4.1.2). */
function isSecretParameter(name: string): boolean {
	return isSecretName(name) || decoded(name).toLowerCase() === 'code';
}

/** With the ASCII characters that are percent-encoded. */
function decoded(name: string): string {
	return name.replace(/%([2-7][\da-f])/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

/**
 * A field value that may be shown: the value itself, or for a credential its scheme or cookie names
 * with every secret part as `***`, or as `hide` has it.
 */
export function maskedValue(name: string, value: string, hide: Hide = byMask): string {
	const field = name.toLowerCase();
	if (field === 'host' || field === ':authority')
		return value.replace(/^(.*)@/, (_, secret: string) => `${hide(secret)}@`);
	if (!isSecretName(name)) {
		const shown = maskedUrl(value, hide);
		return /^[[{]/.test(shown) ? maskedText(shown, hide) : shown;
	}
	const ofCookie = (pair: string) => maskCookie(pair, hide);
	if (field === 'cookie') return value.replace(/[^;\s][^;]*/g, ofCookie);
	if (field === 'set-cookie') return value.replace(/^[^;]+/, ofCookie);
	const [, scheme, secret = ''] = /^([A-Za-z][\w-]*) +(\S[\s\S]*)/.exec(value) ?? [];
	return field.endsWith('authorization') && scheme ? `${scheme} ${hide(secret)}` : hide(value);
}

/** A cookie without a name is all value (RFC 6265bis, 5.6). */
function maskCookie(pair: string, hide: Hide): string {
	if (!pair.includes('=')) return hide(pair);
	return pair.replace(/=([\s\S]*)/, (_, value: string) => `=${hide(value)}`);
}

/**
 * A URL, the authority that a CONNECT names, or a text with URLs in it, with its userinfo and its
 * secret-looking query values as `***`, or as `hide` has it; also of a URL that is a parameter of it,
 * percent-encoded or not.
 */
export function maskedUrl(text: string, hide: Hide = byMask): string {
	const bare = text
		.replace(/^([^/?#\s]+)@(?=[^/?#\s@]*$)/, (found, secret: string) =>
			found.includes(':') ? `${hide(secret)}@` : found,
		)
		.replace(/\/\/([^/?#\s]+)@/g, (_, secret: string) => `//${hide(secret)}@`)
		.replace(
			/(%(?:25)*2F%(?:25)*2F)((?:(?!%(?:25)*(?:2F|3F|23))[^/?#&\s])+)(%(?:25)*40)/gi,
			(_, before: string, secret: string, at: string) => before + hide(secret) + at,
		);
	return withHidden(bare, parameter, ([, name = '', equals = ''], from) => {
		if (!isSecretParameter(name)) return undefined;
		const end = equals === '=' ? /[&#;\s]|$/ : /[&#;\s]|%(?:25)*(?:26|23|3B)|$/i;
		const length = bare.slice(from).search(end);
		return length === 0 ? undefined : {length, shown: hide(bare.slice(from, from + length))};
	});
}

/** What comes before the value of a parameter. */
const parameter =
	/(?:[?&;#]|%(?:25)*(?:3F|26|23|3B))((?:(?!%(?:25)*(?:3F|26|23|3B|3D))[^=?&#;\s])+)(=|%(?:25)*3D)/gi;

/**
 * An excerpt of a body with the values of secret-looking JSON members, XML elements and form fields
 * as `***`, or as `hide` has it. Of a JSON list under such a name the items go, too.
 */
export function maskedText(text: string, hide: Hide = byMask): string {
	const json = withHidden(text, member, ([, name = ''], from) => {
		const length = isSecretName(name) ? jsonLength(text, from) : 0;
		return length === 0
			? undefined
			: {length, shown: hiddenJson(text.slice(from, from + length), hide)};
	});
	return json
		.replace(
			/(<([\w:-]{1,64})[^<>]*>(?:<!\[CDATA\[)?)([^<]+)/g,
			(whole, tag: string, name: string, secret: string) =>
				isSecretName(name) ? tag + hide(secret) : whole,
		)
		.replace(
			/([\s<])([\w:-]{1,64})=(["'])([^"'<>]+)\3/g,
			(whole, before: string, name: string, quote: string, secret: string) =>
				isSecretName(name) ? `${before}${name}=${quote}${hide(secret)}${quote}` : whole,
		)
		.replace(
			/(^|&)([^=&\s]{1,64})=([^&\s]+)/g,
			(whole, before: string, name: string, secret: string) =>
				isSecretParameter(name) ? `${before}${name}=${hide(secret)}` : whole,
		);
}

/** What comes before the value of a member. */
const member = /"([^"\\]{1,64})"\s*:\s*/g;

/**
 * The bytes of a message that may be malformed, or may begin in its middle: a text with a character for
 * each of them, of which start line and fields are masked as such and all else as a body.
 */
export function maskedMessage(bytes: string): string {
	const [head = '', blank = '', ...rest] = bytes.split(/(\r?\n\r?\n)/);
	let isSecret = false;
	const lines = head.split(/(\r?\n)/).map((line, index) => {
		if (index % 2 === 1) return line;
		// A folded line goes on with the value before it (RFC 9112, 5.2).
		if (/^[ \t]/.test(line)) return isSecret ? mask : maskedLine(line);
		const [, name = '', colon = '', value = ''] =
			/^([^\s:"<>{}]+)(\s*:[ \t]*)(.*)$/s.exec(line) ?? [];
		isSecret = isSecretName(name);
		return name === '' ? maskedLine(line) : name + colon + maskedValue(name, value);
	});
	return lines.join('') + blank + maskedText(rest.join(''));
}

/** A line that is no field: a start line, or text. */
function maskedLine(line: string): string {
	return maskedText(line.replace(/\S+/g, word => maskedUrl(word)));
}
