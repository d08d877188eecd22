import {maskedMessage, maskedUrl, maskedValue} from '../http/secrets.ts';

/** Whether recorded secrets stand in an export, or `***` in their place. */
export type Secrets = 'masked' | 'shown';

/** A URL as an export has it. */
export function urlIn(url: string, secrets: Secrets): string {
	return secrets === 'shown' ? url : maskedUrl(url);
}

/** A field value as an export has it. */
export function valueIn(name: string, value: string, secrets: Secrets): string {
	return secrets === 'shown' ? value : maskedValue(name, value);
}

/** The bytes of a message that is no HTTP, a character for each. */
export function messageIn(bytes: Uint8Array, secrets: Secrets): string {
	const text = Buffer.from(bytes).toString('latin1');
	return secrets === 'shown' ? text : maskedMessage(text);
}
