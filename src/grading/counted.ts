/** A number of things in words, such as `1 redirect` or `3 redirects`. */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
