import type {JSONSchema} from 'json-schema-to-ts';
import type {Context} from 'koa';
import type {FitsSchema} from '../journal/recorded-body.ts';
import type {Api} from './api.ts';
import {checked, type noParameters} from './checked.ts';
import type {ProblemCode} from './problems.ts';
import {type ContentKind, YamlText} from './read-content.ts';

/** The schema of an object whose members are parameters, each with a description. */
export interface ParametersSchema {
	readonly type: 'object';
	readonly properties: Readonly<Record<string, JSONSchema & object>>;
	readonly required?: readonly string[];
	readonly additionalProperties: false;
}

/** A response that is no problem. */
export interface Answer {
	readonly description: string;
	/** Fields of the response: what they say. */
	readonly headers?: Readonly<Record<string, string>>;
	/** The schema of the content by media type; absent where there is none. */
	readonly content?: Readonly<Record<string, object>>;
}

/** The content of a request. */
export interface Content<Body> extends ContentKind {
	readonly description: string;
	/** The schema of the JSON. */
	readonly schema: Body;
}

/**
 * What an operation takes and gives: the one description that routes, checks of requests and the
 * OpenAPI document are made from.
 */
export interface Description<Path, Query, Body> {
	/** The name of the operation, such as `createDouble`. */
	readonly id: string;
	/** Which part of the API it belongs to. */
	readonly tag: string;
	/** HEAD is answered where GET is. */
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Such as `/v1/doubles/{id}`. */
	readonly path: `/${string}`;
	readonly summary: string;
	/** What is to be known beside; Markdown. */
	readonly description?: string;
	readonly pathParameters?: Path;
	readonly query?: Query;
	readonly content?: Content<Body>;
	/** What is answered, by status. */
	readonly answers: Readonly<Record<number, Answer>>;
	/** Problems that it may have, beside those that come by its parts (see problems-of-operation.ts). */
	readonly problems?: readonly ProblemCode[];
	/** Whether it is answered without the token. */
	readonly open?: true;
}

/** A request as an operation sees it. */
export interface Request<Path, Query, Body> {
	readonly path: Path;
	readonly query: Query;
	readonly body: Body;
}

/** What is answered. */
export interface Reply {
	/** 200 unless told. */
	readonly status?: number;
	/** JSON data; or with `type`, text, bytes or a stream. */
	readonly body?: unknown;
	/** The media type, where it is not JSON. */
	readonly type?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A request before it is checked. */
export type RawRequest = Request<unknown, unknown, unknown>;

/** An operation of the API. */
export interface Operation
	extends Description<ParametersSchema, ParametersSchema, JSONSchema & object> {
	/** @throws Problem, or an error that `problemOf` knows */
	run(request: RawRequest, api: Api, ctx: Context): Promise<Reply>;
}

/**
 * Ties a description to what answers.
 *
 * @param answer is called with a request that fits the description, typed by it, its defaults filled in
 */
export function operation<
	const Path extends ParametersSchema & JSONSchema = typeof noParameters,
	const Query extends ParametersSchema & JSONSchema = typeof noParameters,
	const Body extends JSONSchema & object = typeof noParameters,
>(
	description: Description<Path, Query, Body>,
	answer: (
		request: Request<FitsSchema<Path>, FitsSchema<Query>, FitsSchema<Body> | YamlText>,
		api: Api,
		ctx: Context,
	) => Promise<Reply> | Reply,
): Operation {
	const {pathParameters, query, content} = description;
	return {
		...description,
		async run(raw, api, ctx) {
			const path = await checked(pathParameters, raw.path, 'path');
			const ofQuery = await checked(query, raw.query, 'query');
			const body = await contentOf(raw.body, content?.schema);
			return answer({path: path.data, query: ofQuery.data, body: body.data}, api, ctx);
		},
	};
}

async function contentOf<const Body extends JSONSchema>(
	given: unknown,
	schema: Body | undefined,
): Promise<{readonly data: FitsSchema<Body> | YamlText}> {
	return given instanceof YamlText ? {data: given} : checked(schema, given, 'content');
}
