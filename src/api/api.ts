import type {StartOptions} from '../start-options.ts';
import type {Doubles} from './doubles.ts';
import type {EventFeeds} from './event-feeds.ts';
import type {ContentLimits} from './read-content.ts';
import type {Waiting} from './waiting.ts';

/** What the operations work with. */
export interface Api {
	readonly doubles: Doubles;
	/** How each double is started, unless the request tells otherwise. */
	readonly start: StartOptions;
	/** Where clients reach the API, such as `http://127.0.0.1:3070`. */
	readonly url: string;
	/** The version of the package. */
	readonly version: string;
	/** The OpenAPI document. */
	readonly document: object;
	/** Whether recorded credentials may be shown to whoever has come past the guards. */
	readonly maySeeSecrets: boolean;
	/** The requests that wait for something. */
	readonly waiting: Waiting;
	/** What happens at the doubles. */
	readonly feeds: EventFeeds;
	/** Milliseconds of silence on a stream of events before a comment is sent. */
	readonly heartbeat: number;
	readonly limits: ContentLimits;
	/** Is told of faults of this program. */
	readonly onFault: (error: unknown) => void;
}
