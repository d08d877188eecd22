import type {Double} from '../double.ts';
import {exportDouble} from '../exports/export-double.ts';
import type {ExportFormat} from '../exports/formats.ts';
import type {Secrets} from '../exports/secrets.ts';
import {type ExportTo, writeOutput} from './output-file.ts';
import {pagesBeside} from './package-paths.ts';

/**
 * Writes what a double has seen to files.
 *
 * @throws Refusal
 */
export async function writeExports(
	double: Double,
	exports: readonly ExportTo<ExportFormat>[],
	secrets: Secrets,
): Promise<void> {
	for (const {format, file} of exports)
		await writeOutput(
			file,
			await exportDouble(double, format, {secrets, pages: pagesBeside(file)}),
		);
}
