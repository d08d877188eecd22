/**
 * Ids that people can read: the first thing of a name has the name itself, a further one a number behind
 * it. None is given twice. A number is kept for each name, not for each id.
 */
export class ReadableIds {
	/** The highest number that was given behind a name; 1 for the name itself. */
	readonly #numbers = new Map<string, number>();

	/** Such as `api-move`, then `api-move-2`. */
	take(name: string): string {
		if (!this.#isTaken(name)) {
			this.#numbers.set(name, 1);
			return name;
		}
		let number = (this.#numbers.get(name) ?? 1) + 1;
		while (this.#isTaken(`${name}-${number}`)) number++;
		this.#numbers.set(name, number);
		return `${name}-${number}`;
	}

	/** As a name of its own, or as a number behind another one. */
	#isTaken(id: string): boolean {
		if (this.#numbers.has(id)) return true;
		const [, name = '', number] = /^(.*)-([1-9]\d*)$/s.exec(id) ?? [];
		return Number(number) > 1 && Number(number) <= (this.#numbers.get(name) ?? 0);
	}
}
