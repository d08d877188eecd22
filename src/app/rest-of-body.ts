import type {AfterAnswer} from '../journal/exchange.ts';
import type {CompiledResponse} from '../scenario/compiled.ts';
import type {Line} from './line.ts';
import {glance, patience, underWay} from './patience.ts';
import type {HandlerContext} from './state.ts';

/**
 * What a client does with the rest of its body when it is answered before the body's end. It is
 * watched and recorded, and the connection ended as the scenario has it, or when the client hangs.
 */
export class RestOfBody {
	readonly #ctx: HandlerContext;
	readonly #line: Line;
	readonly #afterwards: CompiledResponse['afterwards'];
	readonly #before: number;
	#ending: AfterAnswer['ending'];
	#timer: NodeJS.Timeout | undefined;
	#isOut = false;

	constructor(ctx: HandlerContext, line: Line, afterwards: CompiledResponse['afterwards']) {
		this.#ctx = ctx;
		this.#line = line;
		this.#afterwards = afterwards;
		this.#before = ctx.state.reading.size;
		this.#watch();
	}

	/** The response has gone out, and the body has not ended yet. */
	goOn(): void {
		const line = this.#line;
		this.#isOut = true;
		if (this.#afterwards === 'stop-reading') this.#stopReading();
		else if (this.#afterwards === 'reset') this.#end('cut', () => line.reset());
		else if (this.#afterwards === 'close' && !line.canLinger) this.#end('cut', () => line.close());
		else {
			if (this.#afterwards === 'close') line.close();
			this.#whenQuietFor(patience);
		}
	}

	#watch(): void {
		const {req, state} = this.#ctx;
		this.#record();
		this.#line.onClosed(() => state.reading.abandon());
		req.once('data', () => this.#record());
		req.on('data', () => this.#timer?.refresh());
		const settle = () => this.#settle();
		state.reading.done.then(settle, settle);
	}

	/** Reads no more for a while, and then only to see what has become of the client. */
	#stopReading(): void {
		const {req, state} = this.#ctx;
		state.reading.pause();
		this.#timer = setTimeout(() => {
			const {size} = state.reading;
			req.on('data', () => {
				if (state.reading.size - size > underWay) this.#end('hung');
			});
			this.#whenQuietFor(glance);
			state.reading.resume();
		}, patience);
	}

	/** A client from which nothing comes for so long, and which does not leave, is not waited for. */
	#whenQuietFor(milliseconds: number): void {
		const {reading} = this.#ctx.state;
		const look = () => {
			const {size} = reading;
			// What came while this process was busy is not read yet: it gets its turn first.
			setImmediate(() => {
				if (reading.ended) return;
				if (reading.idle && reading.size === size) this.#end('silent');
				else this.#timer?.refresh();
			});
		};
		this.#timer = setTimeout(look, milliseconds);
	}

	#end(ending: 'silent' | 'hung' | 'cut', end = () => this.#line.end()): void {
		if (this.#ending !== undefined) return;
		this.#ending = ending;
		// First, since ending a stream of HTTP/2 looks like its body's end.
		this.#ctx.state.reading.abandon();
		this.#record();
		end();
	}

	/** The body has ended, in whatever way. */
	#settle(): void {
		const {reading} = this.#ctx.state;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#ending ??= reading.cut ? this.#line.left : 'finished';
		this.#record();
		// Otherwise the connection is seen to when the response is out.
		if (this.#isOut) this.#leave();
	}

	/**
	 * The record is done. A connection that goes no further is ended when the client had its time. One
	 * that was left unread goes on with a client that had sent all: its next request may have begun.
	 */
	#leave(): void {
		const wasRead = this.#ending === 'finished' && this.#line.isKept;
		if (this.#afterwards === 'stop-reading' && !wasRead) this.#line.end();
		else if (this.#line.isClosing) endInTime(this.#line);
		else this.#line.release();
	}

	#record(): void {
		const {recording, reading} = this.#ctx.state;
		const after = reading.size - this.#before;
		const ending = this.#ending && {ending: this.#ending};
		recording.afterAnswer({before: this.#before, after, ...ending});
	}
}

/** Ends what the client does not leave by itself. */
export function endInTime(line: Line): void {
	const timer = setTimeout(() => line.end(), patience);
	line.onClosed(() => clearTimeout(timer));
}
