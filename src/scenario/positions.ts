import type {ScenarioProblem} from '../errors.ts';

/** A place in a text: line and column, both from 1. */
export interface Position {
	readonly line: number;
	readonly column: number;
}

/** A fault before it is known where in the text it stands. */
export interface Fault {
	/** JSON pointer of the faulty place; empty for the whole. */
	readonly path: string;
	readonly message: string;
	/** Whether the member's name is at fault and not its value. */
	readonly atName?: boolean;
	/** The name of the member that is missing in the object at `path`. */
	readonly missing?: string;
}

/** Where in the text the places of a document stand. */
export interface Positions {
	/**
	 * The position of the value at `pointer`, or of its member name; of the nearest place around it
	 * when there is none; undefined when the document came from no text.
	 */
	find(pointer: string, atName: boolean): Position | undefined;
}

/** The positions of a document that came from no text, such as a module's. */
export const noPositions: Positions = {find: () => undefined};

/** The faults as problems with their positions, in the order of the text; without one, of their paths. */
export function placeFaults(faults: readonly Fault[], positions: Positions): ScenarioProblem[] {
	const problems = faults.map(({path, message, atName = false}) => ({
		path,
		message,
		...positions.find(path, atName),
	}));
	return problems.sort(inOrder);
}

function inOrder(a: ScenarioProblem, b: ScenarioProblem): number {
	const lines = (a.line ?? 0) - (b.line ?? 0);
	const columns = (a.column ?? 0) - (b.column ?? 0);
	return lines || columns || a.path.localeCompare(b.path, 'en', {numeric: true});
}

/** The position of the character at `offset` (from 0) of `text`. */
export function positionAt(text: string, offset: number): Position {
	const before = text.slice(0, offset).split(/\r\n|\r|\n/);
	return {line: before.length, column: (before.at(-1) ?? '').length + 1};
}
