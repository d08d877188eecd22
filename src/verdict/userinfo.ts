/** The userinfo of an absolute or network-path reference, without its `@`; undefined where it has none. */
export function userinfoOf(reference: string): string | undefined {
	if (!reference.includes('@')) return undefined;
	return /^(?:https?:)?[/\\]{2}([^/?#\\]*)@/i.exec(reference)?.[1];
}

/**
 * The values of Basic that a client may make of a userinfo, without the scheme: as it was written and
 * percent-decoded, in UTF-8 and in Latin-1.
 */
export function basicCredentials(userinfo: string): ReadonlySet<string> {
	const forms = [userinfo, decoded(userinfo)].map(form => (form.includes(':') ? form : `${form}:`));
	return new Set(
		forms.flatMap(form => [
			Buffer.from(form, 'utf8').toString('base64'),
			Buffer.from(form, 'latin1').toString('base64'),
		]),
	);
}

/** Whether an Authorization is Basic with the user name and the password of a reference. */
export function isMadeOf(reference: string, authorization: string): boolean {
	const userinfo = userinfoOf(reference);
	const token = /^basic +(\S+)$/i.exec(authorization)?.[1];
	return userinfo !== undefined && token !== undefined && basicCredentials(userinfo).has(token);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
