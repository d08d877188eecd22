import type {FromSchema} from 'json-schema-to-ts';
import type {responseSchema} from './schema/response.ts';
import type {routeSchema, scenarioSchema} from './schema.ts';

/** A response written as a function; only modules can hold one. What it is called with is the app's matter. */
export type AnyHandler = (...args: never[]) => unknown;

type AsWritten = {keepDefaultedPropertiesOptional: true};

/** Data that is only read, to its depths, so that an author may write `as const`. */
type ReadonlyData<Data> = Data extends object
	? {readonly [Name in keyof Data]: ReadonlyData<Data[Name]>}
	: Data;

/** A response as an author writes it. */
export type ResponseInput = ReadonlyData<FromSchema<typeof responseSchema, AsWritten>>;
/** A response with its defaults filled in. */
export type Response = FromSchema<typeof responseSchema>;

type RouteAsWritten = ReadonlyData<FromSchema<typeof routeSchema, AsWritten>>;
type RouteFilled = FromSchema<typeof routeSchema>;

/** A route as an author writes it; in a module its response may be a handler. */
export type RouteInput<Handler extends AnyHandler = AnyHandler> = Omit<
	RouteAsWritten,
	'response' | 'responses'
> & {
	readonly response?: ResponseInput | Handler;
	readonly responses?: readonly ResponseInput[];
};
/** A route with its defaults filled in. */
export type Route = Omit<RouteFilled, 'response'> & {response?: Response | AnyHandler};

/** A scenario as an author writes it. */
export type ScenarioInput<Handler extends AnyHandler = AnyHandler> = Omit<
	ReadonlyData<FromSchema<typeof scenarioSchema, AsWritten>>,
	'routes'
> & {readonly routes: readonly RouteInput<Handler>[]};

/** A scenario with its defaults filled in, as validation returns it. */
export type Scenario = Omit<FromSchema<typeof scenarioSchema>, 'routes'> & {routes: Route[]};

/** The header fields of a response as they are written. */
export type ResponseHeaders = NonNullable<Response['headers']>;

/** One value of a header field: text, or bytes. */
export type HeaderValue = Exclude<ResponseHeaders[string], unknown[]>;

/** A call of a scenario: a request that a client is asked to send. */
export type Call = Scenario['calls'][number];

/** The object form of a route's request. */
export type RequestMatcher = Exclude<Route['request'], string>;

/** What a header field or query parameter must be. */
export type ValueMatcher = string | number | boolean | {pattern: string};

/** What a body must be as text. */
export type TextMatcher = Exclude<RequestMatcher['text'], undefined>;
