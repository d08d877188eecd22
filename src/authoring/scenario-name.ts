import {splitOrigin} from '../http/origin.ts';

/** A text as the name of a scenario: lower-case letters, digits and hyphens; undefined when none is in it. */
export function asScenarioName(text: string): string | undefined {
	const name = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/['\u2019]|\p{Mn}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60)
		.replace(/-$/, '');
	return name === '' ? undefined : name;
}

/** A name for what happens at a URL, such as `api-v1-users-307`. */
export function nameOfRedirect(url: string, status: number): string {
	const {authority = '', rest = ''} = splitOrigin(url) ?? {};
	const [path = ''] = rest.split(/[?#]/);
	return `${asScenarioName(path) ?? asScenarioName(authority) ?? 'redirect'}-${status}`;
}

/** A title for it; the query stays out, since secrets stand there. */
export function titleOf(method: string, url: string, status: number): string {
	const [address] = url.split(/[?#]/);
	return `${method} ${address} is redirected with ${status}`;
}
