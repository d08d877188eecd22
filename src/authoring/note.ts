/** What a person should know of a scenario that was made for them. */
export interface Note {
	/** What it is about, such as `login.har, entry 12` or `stub.json, mapping 2, request.cookies`; absent for the whole. */
	readonly place?: string;
	/** What was left out, changed or assumed, and why. */
	readonly message: string;
}

/** A note in a line. */
export function noteLine({place, message}: Note): string {
	return place === undefined ? message : `${place}: ${message}`;
}
