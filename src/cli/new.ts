import {fromExample} from '../authoring/example/from-example.ts';
import {FollowthroughError} from '../errors.ts';
import {askedScenario} from './asked-scenario.ts';
import {readSource} from './read-source.ts';
import {
	assertName,
	assertWritable,
	nameOfFile,
	type WriteOptions,
	writeScenario,
} from './written-scenario.ts';

export interface NewOptions extends Omit<WriteOptions, 'file'> {
	readonly request?: string;
	readonly location?: string;
	readonly status?: string;
	readonly name?: string;
	/** The file of a documented example, or `-`. */
	readonly from?: string;
}

/**
 * Writes a scenario from answers or from a documented example. Asks what is open at a terminal only.
 *
 * @throws FollowthroughError for what is missing or can't be used
 */
export async function newScenario(file: string | undefined, options: NewOptions): Promise<number> {
	const {from, request, location, status, force = false} = options;
	const name = options.name ?? nameOfFile(file);
	if (name !== undefined) assertName(name);
	if (file !== undefined) assertWritable(file, force);
	const named = name === undefined ? {} : {name};
	const written = {...options, ...(file !== undefined && {file})};
	if (from !== undefined) {
		const beside = Object.entries({request, location, status}).find(
			([, value]) => value !== undefined,
		);
		if (beside)
			throw new FollowthroughError(
				'OPTION_INVALID',
				`--${beside[0]} has no place beside --from: the example says it`,
			);
		return writeScenario(fromExample(await readSource(from), named), written);
	}
	const {stdin: input, stderr: output} = process;
	const person = input.isTTY && output.isTTY ? {input, output} : undefined;
	const known = {
		...named,
		...(request !== undefined && {request}),
		...(location !== undefined && {location}),
		...(status !== undefined && {status}),
	};
	return writeScenario(await askedScenario(known, person), written);
}
