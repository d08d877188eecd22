import {styleText} from 'node:util';

/** The styles that texts for people use. */
export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim';

/** How a text is to look. */
export interface Look {
	/** ANSI colours, for terminals; off by default. */
	readonly colors?: boolean;
}

/** A text in a style, or as it is where there are no colours. */
export function paint(style: Style, text: string, {colors = false}: Look): string {
	return colors ? styleText(style, text, {validateStream: false}) : text;
}
