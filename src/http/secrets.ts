const mask = '***';

const secretFields = new Set([
	'authorization',
	'proxy-authorization',
	'cookie',
	'set-cookie',
	'x-amz-security-token',
]);

const secretName =
	/(?:^|[^a-z])(?:api-?key|access-?key|token|secret|password|passwd|pwd|signature|sig|session(?:-?id)?|credentials?|auth)(?:$|[^a-z])/i;

/** Whether a header field usually carries a credential: Authorization, Cookie, X-Api-Key and the like. */
export function isSecretField(name: string): boolean {
	return secretFields.has(name.toLowerCase()) || isSecretName(name);
}

/** Whether a name of a parameter or JSON member usually stands before a credential. */
function isSecretName(name: string): boolean {
	// `accessToken` and `access_token` are the same words as `access-token`.
	return secretName.test(name.replace(/([a-z])([A-Z])/g, '$1-$2').replace(/_|%5f/gi, '-'));
}

/**
 * A field value that may be shown: the value itself, or for a credential its scheme or cookie names
 * with every secret part as `***`.
 */
export function maskedValue(name: string, value: string): string {
	if (!isSecretField(name)) return maskedUrl(value);
	const field = name.toLowerCase();
	if (field === 'cookie') return value.replace(/[^;\s][^;]*/g, maskCookie);
	if (field === 'set-cookie') return value.replace(/^[^;]+/, maskCookie);
	const scheme = /^([A-Za-z][\w-]*) +\S/.exec(value)?.[1];
	return field.endsWith('authorization') && scheme ? `${scheme} ${mask}` : mask;
}

/** A cookie without a name is all value (RFC 6265bis, 5.6). */
function maskCookie(pair: string): string {
	return pair.includes('=') ? pair.replace(/=[\s\S]*/, `=${mask}`) : mask;
}

/** A URL, or a text with URLs in it, with its userinfo and its secret-looking query values as `***`. */
export function maskedUrl(text: string): string {
	return text
		.replace(/(\/\/)[^/?#\s]+@/g, `$1${mask}@`)
		.replace(/([?&;#])([^=&#;\s]+)=([^&#;\s]+)/g, (whole, before: string, name: string) =>
			isSecretName(name) ? `${before}${name}=${mask}` : whole,
		);
}

/** An excerpt of a body with the values of secret-looking JSON members and form fields as `***`. */
export function maskedText(text: string): string {
	const json = text.replace(
		/"([^"\\]{1,64})"(\s*:\s*)(?:"(?:[^"\\]|\\.?)*("?)|-?\d[\d.eE+-]*)/g,
		(whole, name: string, colon: string, end: string | undefined) => {
			if (!isSecretName(name)) return whole;
			return `"${name}"${colon}${end === undefined ? mask : `"${mask}"`}`;
		},
	);
	return json.replace(/(^|&)([^=&\s]{1,64})=([^&\s]+)/g, (whole, before: string, name: string) =>
		isSecretName(name) ? `${before}${name}=${mask}` : whole,
	);
}
