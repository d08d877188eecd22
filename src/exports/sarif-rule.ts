import type {Level, Rule} from '../verdict/rule.ts';
import {ruleSections, withoutInnerLinks, withoutLinks} from '../verdict/rule-sections.ts';

/** What a rule asks for, where that stands, and its page as help. */
export async function reportingDescriptor({id, level, statement, source}: Rule): Promise<object> {
	const sections = await ruleSections(id);
	const page = sections.map(({heading, text}) => `## ${heading}\n\n${text}`).join('\n\n');
	return {
		id,
		shortDescription: {text: messageText(statement)},
		fullDescription: {text: messageText(`${source.document}: "${source.passage}"`)},
		help: {
			text: messageText(withoutLinks(page)),
			markdown: doubled(withoutInnerLinks(page)),
		},
		helpUri: source.url,
		defaultConfiguration: {level: levelOf(level, level !== 'policy')},
		properties: {level, tags: ['http', 'redirect', level]},
	};
}

/** A must is an error, all else that counts in an assertion a warning. */
export function levelOf(level: Level, counts: boolean): 'error' | 'warning' | 'note' {
	if (level === 'must') return 'error';
	return counts ? 'warning' : 'note';
}

/** Plain text as a message: braces are doubled, and what looks like a link is none (SARIF 2.1.0, 3.11.5 and 3.11.6). */
export function messageText(words: string): string {
	return doubled(words).replaceAll('](', '] (');
}

function doubled(words: string): string {
	return words.replace(/[{}]/g, '$&$&');
}
