import Koa from 'koa';
import {explainMiss} from './explain-miss.ts';
import type {AppParts} from './parts.ts';
import {record} from './record.ts';
import {replay} from './replay.ts';
import type {DoubleContext, DoubleState} from './state.ts';

/** The Koa app of one documented origin: the only way through, whichever door a request came by. */
export function createApp(origin: string, parts: AppParts): DoubleApp {
	const app = new DoubleApp();
	app.use(record(parts.recorder, origin, parts.locations));
	app.use(replay(parts.compiled, origin, parts.playback));
	app.use(explainMiss(parts));
	app.open();
	return app;
}

/**
 * A Koa app whose own three middlewares stay in their places: what a user adds runs between
 * recording and replay, so that it sees every request, is recorded with what it answers, and may
 * pass on to the scenario with `await next()`.
 */
export class DoubleApp extends Koa<DoubleState, DoubleContext> {
	#open = false;

	/** From now on, `use` puts middlewares before replay. */
	open(): void {
		this.#open = true;
	}

	override use<NewState = unknown, NewContext = unknown>(
		middleware: Koa.Middleware<DoubleState & NewState, DoubleContext & NewContext>,
	): Koa<DoubleState & NewState, DoubleContext & NewContext> {
		const app = super.use<NewState, NewContext>(middleware);
		const added = this.#open ? this.middleware.pop() : undefined;
		if (added) this.middleware.splice(this.middleware.length - 2, 0, added);
		return app;
	}
}
