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
