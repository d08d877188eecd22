import {styleText} from 'node:util';

/** The styles that the command line uses. */
export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim';

/** How a text is to look: with ANSI colours or without. */
export interface Look {
	readonly colors: boolean;
}

/** A text in a style, or as it is where there are no colours. */
export function paint(style: Style, text: string, {colors}: Look): string {
	return colors ? styleText(style, text, {validateStream: false}) : text;
}

/**
 * Whether to write colours to a stream: to terminals that have them, unless NO_COLOR is set
 * (https://no-color.org) or TERM is "dumb".
 */
export function wantsColors(
	stream: {readonly isTTY?: boolean},
	{NO_COLOR = '', TERM}: NodeJS.ProcessEnv,
): boolean {
	return stream.isTTY === true && NO_COLOR === '' && TERM !== 'dumb';
}
