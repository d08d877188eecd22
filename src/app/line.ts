import type {CompiledResponse} from '../scenario/compiled.ts';

/** What carries an exchange and can be ended: a connection of HTTP/1, or a stream of HTTP/2. */
export interface Line {
	/** Whether the client can be told that no more comes while what it sends is still read. */
	readonly canLinger: boolean;
	/** Whether no more is sent on it. */
	readonly isClosing: boolean;
	/** Whether the next request may come on it, as far as its two sides have said. */
	readonly isKept: boolean;
	/** What the client did to end it; `cut` when it was ended from here. */
	readonly left: 'stopped' | 'reset' | 'cut';
	/** Makes ready for what becomes of it, and says so in the head. Call before the head goes out. */
	prepare(afterwards: CompiledResponse['afterwards']): void;
	/** Sends no more, and goes on reading for a while. */
	close(): void;
	/** Breaks it off, so that the client sees an error. */
	reset(): void;
	/** Reads no next request. */
	stopReading(): void;
	/** Ends it at once. */
	end(): void;
	/** Calls back when it is over, however that came. */
	onClosed(callback: () => void): void;
	/** This exchange is over, and others may follow on the same line. */
	release(): void;
}
