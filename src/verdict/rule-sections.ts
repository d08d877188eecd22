import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {packageFolder} from '../scenario/shipped.ts';

/** A section of a rule's page, its text in Markdown. */
export interface Section {
	readonly heading: string;
	readonly text: string;
}

/** The sections of a rule's page below its level and source, in order. */
export async function ruleSections(rule: string): Promise<Section[]> {
	const page = await readFile(join(packageFolder(), 'docs/rules', `${rule}.md`), 'utf8');
	const [, ...sections] = page.split(/^## /m);
	return sections.map(section => {
		const [heading = '', ...lines] = section.split('\n');
		return {heading, text: lines.join('\n').trim()};
	});
}

/** Markdown whose links to other pages of the package say no more than their words. */
export function withoutInnerLinks(text: string): string {
	return text.replace(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, '$1');
}

/** Markdown whose links are told by their words, and their addresses behind them. */
export function withoutLinks(text: string): string {
	return withoutInnerLinks(text).replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)');
}
