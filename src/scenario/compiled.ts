import type {HeaderLines} from '../http/header-lines.ts';
import type {AnyHandler, Scenario} from './types.ts';

/** A scenario made ready to be played: parsed, checked, and everything that can be compiled compiled. */
export interface CompiledScenario {
	/** The scenario with its defaults filled in. */
	readonly scenario: Scenario;
	/** Where it was read from, or how it was given, such as `scenarios/api-move.yaml`. */
	readonly file: string;
	/** The documented origins in the order in which the routes name them; at least one. */
	readonly origins: readonly string[];
	readonly routes: readonly CompiledRoute[];
}

export interface CompiledRoute {
	/** Its place in the scenario, from 0. */
	readonly index: number;
	/** `METHODS URL` as documented, such as `PUT|PATCH https://api.example.test/uploads/:id`. */
	readonly label: string;
	/** The methods it takes, in the case in which they were written; absent for `*`. */
	readonly methods?: readonly string[];
	/** The documented origin, canonical. */
	readonly origin: string;
	/** The path in the syntax of path-to-regexp 8, as @koa/router takes it, such as `/uploads/:id`. */
	readonly path: string;
	/** The path parameters of `path` as they stood on the wire (not decoded), or undefined for no match. */
	matchPath(path: string): PathParameters | undefined;
	/** The phases in which it answers; absent for all. */
	readonly phases?: readonly string[];
	/** What else a request must have, each with words for a miss. */
	readonly conditions: readonly Condition[];
	/** The scripted responses, or the handler of a module. */
	readonly answers: Sequence | Shares | AnyHandler;
}

/** Parameter name to its raw text; a wildcard's segments stay joined with `/`. */
export type PathParameters = Readonly<Record<string, string>>;

/** A request as conditions see it. */
export interface RequestFacts {
	readonly method: string;
	/** Path without query. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: HeaderLines;
	/** The whole body; read only when a route asks for it. */
	readonly body: Uint8Array;
	/** The body's size in bytes when not all of it was kept, and so it can't be matched; else absent. */
	readonly sizeNotKept?: number;
}

/** One thing that a request must have beside method and URL. */
export interface Condition {
	/** What it looks at, for messages, such as `header "X-Api-Key"`. */
	readonly subject: string;
	/** Set when it looks at the body, which is read only then. */
	readonly readsBody?: true;
	/** Set when it looks at nothing but the URL, which is known of a follow-up before it comes. */
	readonly readsUrl?: true;
	/** Undefined when it is met; otherwise what was expected and what came. */
	miss(request: RequestFacts): string | undefined;
}

/** Responses one after another; the last one for ever, unless it has `times`. */
export interface Sequence {
	readonly kind: 'sequence';
	readonly responses: readonly CompiledResponse[];
}

/** Responses by shares of traffic, chosen repeatably from the scenario's seed. */
export interface Shares {
	readonly kind: 'shares';
	readonly responses: readonly CompiledResponse[];
	readonly seed: number;
}

export interface CompiledResponse {
	readonly status: number;
	/** The reason phrase as written; absent for the standard one. */
	readonly reason?: string;
	/** How often it is given; Infinity for ever. */
	readonly times: number;
	/** Parts of the traffic; 1 in a sequence. */
	readonly weight: number;
	/** Milliseconds before the head. */
	readonly delay: number;
	/** How many bytes of the request's body are waited for: 0 for none, Infinity for all. */
	readonly answerAfter: number;
	/** What becomes of the connection when the response, or what a fault leaves of it, has gone out. */
	readonly afterwards: 'keep-alive' | 'close' | 'reset' | 'stop-reading';
	/** Whether a request that expects 100 Continue gets it; absent: unless the response is a redirect. */
	readonly expectation?: 'send' | 'withhold';
	/** The responses before this one, such as 103. */
	readonly interim: readonly CompiledInterim[];
	readonly pace: Pace;
	/** How the response is broken off, or what is sent in its place. */
	readonly fault?: CompiledFault;
	readonly switchTo?: string;
	/** The header lines for these parameters: in order and case as written, placeholders filled in. */
	headers(parameters: PathParameters): HeaderLines;
	/** The body for these parameters: bytes, or the absolute path of a file; and its default type. */
	body(parameters: PathParameters): ResponseBody;
}

/** A response before the final one. */
export interface CompiledInterim {
	readonly status: number;
	headers(parameters: PathParameters): HeaderLines;
}

/** How slowly a response goes out. */
export interface Pace {
	/** Milliseconds between head and body; 0 for none. */
	readonly bodyDelay: number;
	/** Of the body; Infinity for no limit. */
	readonly bytesPerSecond: number;
	/** Bytes of a packet, head and body alike, on HTTP/1; Infinity for as it comes. */
	readonly packetSize: number;
}

/** A response that is broken on purpose. */
export type CompiledFault =
	| {readonly kind: 'reset-before-head' | 'reset-in-head' | 'reset-after-head'}
	| {readonly kind: 'truncated' /** Bytes of the body that go out. */; readonly after: number}
	| {readonly kind: 'garbage'; readonly bytes: Uint8Array};

export interface ResponseBody {
	readonly content: Uint8Array | {readonly file: string; readonly size: number};
	/** Content-Type when the scenario sets none; absent for no content or unknown. */
	readonly type?: string;
}
