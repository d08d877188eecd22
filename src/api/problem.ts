import {FollowthroughError, ScenarioError} from '../errors.ts';
import {isProblemCode, type ProblemCode, problems, typeOf} from './problems.ts';

/** One fault in a request, or in the scenario that it brings. */
export interface Fault {
	/** JSON pointer of the place. */
	readonly path: string;
	readonly message: string;
	/** From 1; absent where there is no text with lines. */
	readonly line?: number;
	readonly column?: number;
}

/** What keeps a request from being answered as it asks. */
export class Problem extends Error {
	override readonly name = 'Problem';
	readonly code: ProblemCode;
	readonly faults: readonly Fault[] | undefined;
	/** Fields of the response. */
	readonly headers: Readonly<Record<string, string>>;

	/** @param detail what happened, and what was expected */
	constructor(
		code: ProblemCode,
		detail: string,
		{
			faults,
			headers = {},
			...options
		}: ErrorOptions & {faults?: readonly Fault[]; headers?: Readonly<Record<string, string>>} = {},
	) {
		super(detail, options);
		this.code = code;
		this.faults = faults;
		this.headers = headers;
	}

	get status(): number {
		return problems[this.code].status;
	}

	/** As it is sent (RFC 9457). */
	asJson(instance: string): ProblemJson {
		return {
			type: typeOf(this.code),
			title: problems[this.code].title,
			status: this.status,
			detail: this.message,
			instance,
			code: this.code,
			...(this.faults && {problems: this.faults.slice(0, mostFaults)}),
		};
	}
}

/** Nobody mends more at once, and a hostile text may have any number. */
const mostFaults = 100;

/** A problem as it is sent; docs/http-api.md tells the members. */
export interface ProblemJson {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly detail: string;
	readonly instance: string;
	readonly code: ProblemCode;
	readonly problems?: readonly Fault[];
}

/** The problem behind an error; undefined for a fault of this program. */
export function problemOf(error: unknown): Problem | undefined {
	if (error instanceof Problem) return error;
	// A certificate is written to a file, too.
	if (isOutOfFiles(error) || (error instanceof Error && isOutOfFiles(error.cause)))
		return new Problem('TOO_MANY_OPEN_FILES', "A file can't be opened.", {cause: error});
	if (!(error instanceof FollowthroughError) || !isProblemCode(error.code)) return undefined;
	if (error instanceof ScenarioError)
		return new Problem(
			error.code,
			`There is a fault in ${error.file}: ${inShort(error.problems)}.`,
			{
				faults: error.problems,
				cause: error,
			},
		);
	return new Problem(error.code, detailOf(error), {cause: error});
}

function isOutOfFiles(error: unknown): boolean {
	return error instanceof Error && 'code' in error && outOfFiles.has(error.code);
}

const outOfFiles = new Set<unknown>(['EMFILE', 'ENFILE']);

/** The first of several faults, which all stand in a list of their own. */
export function inShort([first, ...others]: readonly Fault[]): string {
	const place = first?.path ? `${first.path}: ` : '';
	const more = others.length > 0 ? ` (and ${others.length} more)` : '';
	return `${place}${first?.message}${more}`;
}

/** Advice for code is none for the API. */
function detailOf({code, message}: FollowthroughError): string {
	if (code !== 'SCENARIO_UNKNOWN') return message;
	return `${message.split('\n', 1)[0]} (GET /v1/scenarios lists all)`;
}

export const problemSchema = {
	title: 'Problem',
	type: 'object',
	description: 'A problem (RFC 9457).',
	properties: {
		type: {type: 'string', description: 'Where this kind of problem is explained, in this API.'},
		title: {type: 'string', description: 'The kind in words.'},
		status: {type: 'integer', description: 'The status of the response.'},
		detail: {type: 'string', description: 'What happened, and what was expected.'},
		instance: {type: 'string', description: 'The target of the request.'},
		code: {enum: codes(), description: 'The kind, for programs.'},
		problems: {
			type: 'array',
			description: 'Each fault in the request, or in the scenario that it brings; 100 at the most.',
			items: {
				type: 'object',
				properties: {
					path: {type: 'string', description: 'JSON pointer of the place.'},
					message: {type: 'string'},
					line: {type: 'integer', minimum: 1},
					column: {type: 'integer', minimum: 1},
				},
				required: ['path', 'message'],
				additionalProperties: false,
			},
		},
	},
	required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
	additionalProperties: false,
};

function codes(): ProblemCode[] {
	return Object.keys(problems).filter(isProblemCode);
}
