import {splitOrigin} from '../http/origin.ts';

/** A text as the name of a scenario: lower-case letters, digits and hyphens; undefined when none is in it. */
export function asScenarioName(text: string): string | undefined {
	const name = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/['\u2019\u0300-\u036f]/g, '')
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
