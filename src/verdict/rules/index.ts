import type {Rule} from '../rule.ts';
import {authorizationKept} from './authorization-kept.ts';
import {authorizationWithheld} from './authorization-withheld.ts';
import {bodyPreserved} from './body-preserved.ts';
import {bodyWithheldWithoutContinue} from './body-withheld-without-continue.ts';
import {contentHeadersPreserved} from './content-headers-preserved.ts';
import {contentHeadersRemoved} from './content-headers-removed.ts';
import {cookieKept} from './cookie-kept.ts';
import {cookieWithheld} from './cookie-withheld.ts';
import {earlyAnswerNoticed} from './early-answer-noticed.ts';
import {headersKept} from './headers-kept.ts';
import {hopLimit} from './hop-limit.ts';
import {hostMatchesTarget} from './host-matches-target.ts';
import {loopsStopped} from './loops-stopped.ts';
import {methodPreserved} from './method-preserved.ts';
import {noContentAfterRewrite} from './no-content-after-rewrite.ts';
import {noFragmentSent} from './no-fragment-sent.ts';
import {noRequestInsideBody} from './no-request-inside-body.ts';
import {notCachedWithoutFreshness} from './not-cached-without-freshness.ts';
import {onlyPostBecomesGet} from './only-post-becomes-get.ts';
import {originalAddressKeptInUse} from './original-address-kept-in-use.ts';
import {permanentMethodPreserved} from './permanent-method-preserved.ts';
import {preflightRedirectNotFollowed} from './preflight-redirect-not-followed.ts';
import {seeOtherRetrieves} from './see-other-retrieves.ts';
import {staleRedirectNotReused} from './stale-redirect-not-reused.ts';
import {targetIsLocation} from './target-is-location.ts';
import {unsafeNotFromCache} from './unsafe-not-from-cache.ts';

/** All rules, in the order in which findings are told: method, body, timing, target, headers, then what comes later. */
export const rules: readonly Rule[] = [
	methodPreserved,
	permanentMethodPreserved,
	onlyPostBecomesGet,
	seeOtherRetrieves,
	bodyPreserved,
	contentHeadersPreserved,
	noContentAfterRewrite,
	contentHeadersRemoved,
	earlyAnswerNoticed,
	noRequestInsideBody,
	bodyWithheldWithoutContinue,
	targetIsLocation,
	noFragmentSent,
	hostMatchesTarget,
	headersKept,
	authorizationKept,
	authorizationWithheld,
	cookieKept,
	cookieWithheld,
	preflightRedirectNotFollowed,
	originalAddressKeptInUse,
	notCachedWithoutFreshness,
	staleRedirectNotReused,
	unsafeNotFromCache,
	loopsStopped,
	hopLimit,
];
