import {createInterface} from 'node:readline/promises';

/** Where questions are asked: a terminal, or what stands in for it. */
export interface Questioned {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
}

/** Asks in a row. Lines that are there before their question wait for it, as pasted ones do. */
export class Questions {
	readonly #lines: AsyncIterator<string>;
	readonly #close: () => void;
	readonly #output: NodeJS.WritableStream;

	constructor({input, output}: Questioned) {
		const lines = createInterface({input, output});
		this.#lines = lines[Symbol.asyncIterator]();
		this.#close = () => lines.close();
		this.#output = output;
	}

	/** The answer in a line; undefined when the input has ended. */
	async ask(question: string): Promise<string | undefined> {
		this.#output.write(question);
		return this.next();
	}

	/** The line that comes next, as it is; undefined when the input has ended. */
	async next(): Promise<string | undefined> {
		const {done, value} = await this.#lines.next();
		return done === true ? undefined : value;
	}

	/** All lines up to one that is a period, or the end of the input. */
	async rest(): Promise<string> {
		const lines: string[] = [];
		for (
			let line = await this.next();
			line !== undefined && line.trim() !== '.';
			line = await this.next()
		)
			lines.push(line);
		return lines.join('\n');
	}

	close(): void {
		this.#close();
	}
}
