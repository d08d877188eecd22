import type {Citation} from '../http/citations.ts';
import type {CompiledScenario} from './compiled.ts';
import {bodyInvitedUnread} from './lint/body-invited-unread.ts';
import {bodyMayBeLost} from './lint/body-may-be-lost.ts';
import {bodyUnclear} from './lint/body-unclear.ts';
import {cacheWithoutEffect} from './lint/cache-without-effect.ts';
import {cachedForLong} from './lint/cached-for-long.ts';
import {claimsPermanence} from './lint/claims-permanence.ts';
import {credentialsRepeated} from './lint/credentials-repeated.ts';
import {expectationUnanswered} from './lint/expectation-unanswered.ts';
import {followUpUnread} from './lint/follow-up-unread.ts';
import {foundForUnsafeMethod} from './lint/found-for-unsafe-method.ts';
import {foundWouldDo} from './lint/found-would-do.ts';
import {getIntended} from './lint/get-intended.ts';
import {getOnlyTarget} from './lint/get-only-target.ts';
import {lengthDiffers} from './lint/length-differs.ts';
import type {LintCheck, Severity} from './lint/lint-check.ts';
import {locationMissing} from './lint/location-missing.ts';
import {locationUnusable} from './lint/location-unusable.ts';
import {moveRewritten} from './lint/move-rewritten.ts';
import {neverEnds} from './lint/never-ends.ts';
import {redirectsOf} from './lint/redirect.ts';
import {reroutingChangesRequest} from './lint/rerouting-changes-request.ts';
import {seeOtherForEndpoint} from './lint/see-other-for-endpoint.ts';
import {targetMethod} from './lint/target-method.ts';
import {targetMissing} from './lint/target-missing.ts';
import {targetRefuses} from './lint/target-refuses.ts';

/** What a check says against a scenario. */
export interface LintFinding {
	/** The check's id, such as `location-missing`. */
	readonly id: string;
	/** `warning` for a pitfall, `advice` where another way would be better or as good. */
	readonly severity: Severity;
	/** JSON pointer of the place, such as `/routes/0/response/headers/Location`. */
	readonly path: string;
	readonly message: string;
	/** The statement that the check comes from. */
	readonly source: Citation;
}

/** All checks, in the order of the statements that they come from. */
export const lintChecks: readonly LintCheck[] = [
	moveRewritten,
	foundForUnsafeMethod,
	bodyMayBeLost,
	seeOtherForEndpoint,
	reroutingChangesRequest,
	locationMissing,
	targetMissing,
	targetMethod,
	targetRefuses,
	locationUnusable,
	cacheWithoutEffect,
	bodyUnclear,
	getOnlyTarget,
	cachedForLong,
	claimsPermanence,
	getIntended,
	foundWouldDo,
	neverEnds,
	credentialsRepeated,
	expectationUnanswered,
	bodyInvitedUnread,
	followUpUnread,
	lengthDiffers,
];

/**
 * Holds a playable scenario against the documentation's advice to servers. A finding is no fault:
 * a scenario may show a pitfall on purpose. In the order of the scenario's responses.
 */
export function lintScenario(compiled: CompiledScenario): LintFinding[] {
	return redirectsOf(compiled).flatMap(redirect =>
		lintChecks.flatMap(({id, severity, source, check}) => {
			const objection = check(redirect);
			if (objection === undefined) return [];
			const {message, at = ''} = objection;
			return [{id, severity, path: redirect.path + at, message, source}];
		}),
	);
}
