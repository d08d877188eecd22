import {rm} from 'node:fs/promises';
import type {Part} from './parts.ts';

/** Counts who needs a file, and removes it when nobody does any more. */
export class KeptFiles {
	readonly #uses = new Map<string, number>();

	hold(parts: readonly Part[]): void {
		for (const {path} of parts) this.#uses.set(path, (this.#uses.get(path) ?? 0) + 1);
	}

	/** Never rejects: a file that can't be removed goes with its folder, at close or at the next start. */
	async letGo(parts: readonly Part[]): Promise<void> {
		await Promise.all(parts.map(({path}) => this.#letGo(path)));
	}

	async #letGo(path: string): Promise<void> {
		const left = (this.#uses.get(path) ?? 0) - 1;
		if (left > 0) {
			this.#uses.set(path, left);
			return;
		}
		this.#uses.delete(path);
		await rm(path, {force: true}).catch(() => undefined);
	}
}
