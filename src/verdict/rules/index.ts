import type {Rule} from '../rule.ts';
import {after417WithoutExpectation} from './after-417-without-expectation.ts';
import {authorizationKept} from './authorization-kept.ts';
import {authorizationWithheld} from './authorization-withheld.ts';
import {bodyPreserved} from './body-preserved.ts';
import {bodyWithheldWithoutContinue} from './body-withheld-without-continue.ts';
import {conditionsKept} from './conditions-kept.ts';
import {connectionCloseHonoured} from './connection-close-honoured.ts';
import {contentHeadersPreserved} from './content-headers-preserved.ts';
import {contentHeadersRemoved} from './content-headers-removed.ts';
import {contentLengthMatches} from './content-length-matches.ts';
import {cookieKept} from './cookie-kept.ts';
import {cookieWithheld} from './cookie-withheld.ts';
import {credentialsDoNotComeBack} from './credentials-do-not-come-back.ts';
import {digestNamesTarget} from './digest-names-target.ts';
import {earlyAnswerNoticed} from './early-answer-noticed.ts';
import {emptyContentAnnounced} from './empty-content-announced.ts';
import {expectationRepeated} from './expectation-repeated.ts';
import {framingUnambiguous} from './framing-unambiguous.ts';
import {headStaysHead} from './head-stays-head.ts';
import {headersKept} from './headers-kept.ts';
import {hopLimit} from './hop-limit.ts';
import {hostMatchesTarget} from './host-matches-target.ts';
import {idempotencyKeyKept} from './idempotency-key-kept.ts';
import {interimNotFollowed} from './interim-not-followed.ts';
import {lengthKnownStaysKnown} from './length-known-stays-known.ts';
import {locationsNotJoined} from './locations-not-joined.ts';
import {loopsStopped} from './loops-stopped.ts';
import {methodDoesNotReturn} from './method-does-not-return.ts';
import {methodPreserved} from './method-preserved.ts';
import {multipartBoundaryKept} from './multipart-boundary-kept.ts';
import {noBlindRetry} from './no-blind-retry.ts';
import {noContentAfterRewrite} from './no-content-after-rewrite.ts';
import {noExpectationWithoutContent} from './no-expectation-without-content.ts';
import {noFragmentSent} from './no-fragment-sent.ts';
import {noLengthWithoutContent} from './no-length-without-content.ts';
import {noRequestInsideBody} from './no-request-inside-body.ts';
import {notCachedWithoutFreshness} from './not-cached-without-freshness.ts';
import {onlyLocationFollowed} from './only-location-followed.ts';
import {onlyPostBecomesGet} from './only-post-becomes-get.ts';
import {onlyRedirectsFollowed} from './only-redirects-followed.ts';
import {originNullAfterTaint} from './origin-null-after-taint.ts';
import {originalAddressKeptInUse} from './original-address-kept-in-use.ts';
import {permanentMethodPreserved} from './permanent-method-preserved.ts';
import {preflightRedirectNotFollowed} from './preflight-redirect-not-followed.ts';
import {proxyAuthorizationWithheld} from './proxy-authorization-withheld.ts';
import {refererClean} from './referer-clean.ts';
import {retryAfterHonoured} from './retry-after-honoured.ts';
import {secretHeadersWithheld} from './secret-headers-withheld.ts';
import {seeOtherRetrieves} from './see-other-retrieves.ts';
import {setCookieStaysHome} from './set-cookie-stays-home.ts';
import {signatureRenewed} from './signature-renewed.ts';
import {staleRedirectNotReused} from './stale-redirect-not-reused.ts';
import {targetIsLocation} from './target-is-location.ts';
import {targetWellFormed} from './target-well-formed.ts';
import {trailersKeptApart} from './trailers-kept-apart.ts';
import {unsafeInvalidates} from './unsafe-invalidates.ts';
import {unsafeNotFromCache} from './unsafe-not-from-cache.ts';
import {unusableLocationNotFollowed} from './unusable-location-not-followed.ts';
import {userinfoNotUsed} from './userinfo-not-used.ts';

/** All rules, in the order in which findings are told: method, body, framing, timing, target, headers, then what comes later. */
export const rules: readonly Rule[] = [
	methodPreserved,
	permanentMethodPreserved,
	onlyPostBecomesGet,
	seeOtherRetrieves,
	headStaysHead,
	bodyPreserved,
	multipartBoundaryKept,
	contentHeadersPreserved,
	noContentAfterRewrite,
	contentHeadersRemoved,
	contentLengthMatches,
	lengthKnownStaysKnown,
	emptyContentAnnounced,
	noLengthWithoutContent,
	trailersKeptApart,
	connectionCloseHonoured,
	framingUnambiguous,
	earlyAnswerNoticed,
	noRequestInsideBody,
	bodyWithheldWithoutContinue,
	noExpectationWithoutContent,
	expectationRepeated,
	retryAfterHonoured,
	after417WithoutExpectation,
	targetIsLocation,
	targetWellFormed,
	noFragmentSent,
	hostMatchesTarget,
	onlyLocationFollowed,
	unusableLocationNotFollowed,
	locationsNotJoined,
	interimNotFollowed,
	onlyRedirectsFollowed,
	noBlindRetry,
	headersKept,
	conditionsKept,
	idempotencyKeyKept,
	authorizationKept,
	authorizationWithheld,
	cookieKept,
	cookieWithheld,
	proxyAuthorizationWithheld,
	userinfoNotUsed,
	credentialsDoNotComeBack,
	setCookieStaysHome,
	secretHeadersWithheld,
	signatureRenewed,
	digestNamesTarget,
	refererClean,
	originNullAfterTaint,
	preflightRedirectNotFollowed,
	originalAddressKeptInUse,
	notCachedWithoutFreshness,
	staleRedirectNotReused,
	unsafeNotFromCache,
	unsafeInvalidates,
	methodDoesNotReturn,
	loopsStopped,
	hopLimit,
];
