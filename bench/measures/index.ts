import type {Measure} from '../measure.ts';
import {endurance} from './endurance.ts';
import {importStart} from './import-start.ts';
import {linking} from './linking.ts';
import {memory} from './memory.ts';
import {pairs} from './pairs.ts';
import {processStart} from './process-start.ts';
import {upload} from './upload.ts';
import {verdict} from './verdict.ts';

/** All measures, in the order of the report. */
export const measures: readonly Measure[] = [
	pairs,
	endurance,
	memory,
	verdict,
	processStart,
	importStart,
	upload,
	linking,
];
