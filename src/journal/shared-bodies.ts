import {Recent} from '../http/recent.ts';
import type {ReadBody} from './read-body.ts';
import {type BodySetting, type CheckJson, StoredBody} from './stored-body.ts';

/** Makes the bodies of requests; equal bodies of equal requests that came lately are one. */
export class SharedBodies {
	readonly #checkJson: CheckJson;
	/** Few, as they may hold much. */
	readonly #known = new Recent<string, StoredBody>(64);

	constructor(checkJson: CheckJson) {
		this.#checkJson = checkJson;
	}

	/** A body that has been read, of this request. */
	of(read: ReadBody, {method, url, headers}: BodySetting['request']): StoredBody {
		const mark = `${read.complete} ${read.sha256} ${method} ${url}`;
		const known = this.#known.get(mark);
		if (known?.isOf(read, {method, url, headers})) return known;
		const setting = {request: {method, url, headers}, checkJson: this.#checkJson};
		const body = new StoredBody(read, setting);
		this.#known.set(mark, body);
		return body;
	}
}
