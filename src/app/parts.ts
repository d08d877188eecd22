import type {Recorder} from '../journal/recorder.ts';
import type {CompiledScenario} from '../scenario/compiled.ts';
import type {LocationRules} from './location.ts';
import type {Playback} from './playback.ts';

/** What the apps of a double share. */
export interface AppParts {
	readonly compiled: CompiledScenario;
	readonly recorder: Recorder;
	readonly playback: Playback;
	readonly locations: LocationRules;
}
