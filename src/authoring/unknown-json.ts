/** An object of JSON whose members are not known. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member when it is an object, otherwise an empty one. */
export function objectAt(value: JsonObject, name: string): JsonObject {
	const member = value[name];
	return isObject(member) ? member : {};
}

/** The member when it is text. */
export function textAt(value: JsonObject, name: string): string | undefined {
	const member = value[name];
	return typeof member === 'string' ? member : undefined;
}

/** The member when it is a number. */
export function numberAt(value: JsonObject, name: string): number | undefined {
	const member = value[name];
	return typeof member === 'number' ? member : undefined;
}

/** The member when it is a list, otherwise an empty one. */
export function listAt(value: JsonObject, name: string): readonly unknown[] {
	const member = value[name];
	return Array.isArray(member) ? member : [];
}
