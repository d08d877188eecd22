import type {Recorder} from '../journal/recorder.ts';
import type {Stage} from './production.ts';

/** What the apps of a double share. */
export interface AppParts {
	readonly recorder: Recorder;
	readonly stage: Stage;
}
