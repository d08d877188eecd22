/** What went wrong, for programs; the message is for people. */
export type ErrorCode =
	| 'SCENARIO_INVALID'
	| 'SCENARIO_UNKNOWN'
	| 'SCENARIO_UNREADABLE'
	| 'ORIGIN_UNKNOWN'
	| 'PHASE_UNKNOWN'
	| 'RULE_UNKNOWN'
	| 'OPTION_INVALID'
	| 'PORT_IN_USE'
	| 'TOO_MANY_OPEN_FILES'
	| 'FOLDER_UNWRITABLE'
	| 'DOUBLE_CLOSED'
	| 'WAIT_TIMED_OUT'
	| 'HOP_AMBIGUOUS'
	| 'CLIENT_CRASHED'
	| 'BODY_UNREADABLE'
	| 'BODY_GONE'
	| 'BODY_NOT_KEPT';

/** Every error that Followthrough throws, but for failed assertions (node's AssertionError). */
export class FollowthroughError extends Error {
	override readonly name: string = 'FollowthroughError';
	readonly code: ErrorCode;

	constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}

/** One fault of a scenario. */
export interface ScenarioProblem {
	/** The JSON pointer of the faulty place, such as `/routes/0/response/status`; empty for the whole. */
	readonly path: string;
	/** What is wrong, what was expected, and the nearest right name for a typo. */
	readonly message: string;
	/** Line in the file, from 1; absent when the scenario came from no text. */
	readonly line?: number;
	/** Column in that line, from 1; absent when the scenario came from no text. */
	readonly column?: number;
}

/** A scenario that can't be played, with all its faults at once. */
export class ScenarioError extends FollowthroughError {
	override readonly name = 'ScenarioError';
	/** The file, or how the scenario was given. */
	readonly file: string;
	readonly problems: readonly ScenarioProblem[];

	constructor(file: string, problems: readonly ScenarioProblem[], options?: ErrorOptions) {
		super('SCENARIO_INVALID', describeProblems(file, problems), options);
		this.file = file;
		this.problems = problems;
	}
}

function describeProblems(file: string, problems: readonly ScenarioProblem[]): string {
	const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
	const lines = problems.map(({path, message, line, column}) => {
		const place = line === undefined ? '' : `${line}:${column ?? 1}  `;
		return `  ${place}${path || '/'}  ${message}`;
	});
	return [`${file} has ${count}:`, ...lines].join('\n');
}
