import type {Double} from '../double.ts';
import {exportDouble} from '../exports/export-double.ts';
import type {ExportFormat} from '../exports/formats.ts';
import type {Secrets} from '../exports/secrets.ts';
import {writeOutput} from './output-file.ts';

/** A form in which what was seen is to be written to a file. */
export interface ExportTo {
	readonly format: ExportFormat;
	readonly file: string;
}

/**
 * Writes what a double has seen to files.
 *
 * @throws Refusal
 */
export async function writeExports(
	double: Double,
	exports: readonly ExportTo[],
	secrets: Secrets,
): Promise<void> {
	for (const {format, file} of exports)
		await writeOutput(file, await exportDouble(double, format, {secrets}));
}
