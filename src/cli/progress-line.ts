/** What a progress line is drawn on. */
export interface Terminal {
	readonly isTTY?: boolean;
	readonly columns?: number;
	write(text: string): unknown;
}

const barWidth = 24;

/** A line that is drawn anew as work goes on; nothing at all where there is no terminal, or a dumb one. */
export class ProgressLine {
	readonly #terminal: Terminal | undefined;

	constructor(terminal: Terminal, {TERM}: NodeJS.ProcessEnv) {
		this.#terminal = terminal.isTTY === true && TERM !== 'dumb' ? terminal : undefined;
	}

	/** @param name what was done last */
	tell(done: number, total: number, name: string): void {
		const full = Math.round((barWidth * done) / total);
		const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
		const line = `${bar} ${done}/${total} ${name}`;
		// A line that is longer than the terminal would not be drawn over.
		this.#terminal?.write(`\r\x1b[K${line.slice(0, (this.#terminal.columns ?? 80) - 1)}`);
	}

	/** Takes the line away. */
	end(): void {
		this.#terminal?.write('\r\x1b[K');
	}
}
