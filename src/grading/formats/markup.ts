/** Text inside of HTML or XML: signs of markup escaped, and what XML can't hold shown as `?`. */
export function escaped(words: string): string {
	return words.replace(unspeakable, '?').replace(/[&<>"']/g, sign => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Characters that no XML 1.0 document may contain (XML 1.0, 2.2). */
const unspeakable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** An element with attributes and content, which is markup already. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | number>> = {},
	content: readonly string[] = [],
): string {
	const written = Object.entries(attributes).map(
		([key, value]) => ` ${key}="${escaped(String(value))}"`,
	);
	const start = `<${name}${written.join('')}`;
	return content.length === 0 ? `${start}></${name}>` : `${start}>${content.join('')}</${name}>`;
}
