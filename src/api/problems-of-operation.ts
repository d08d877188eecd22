import type {Operation} from './operation.ts';
import type {ProblemCode} from './problems.ts';

/** All problems that an operation may have: its own, and those that come by its parts. */
export function problemsOf({open, content, problems = []}: Operation): readonly ProblemCode[] {
	return [
		'REQUEST_INVALID',
		...(open ? [] : (['TOKEN_REQUIRED'] as const)),
		'CROSS_SITE_REFUSED',
		...(content
			? (['REQUEST_TIMEOUT', 'CONTENT_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)
			: []),
		'MISDIRECTED',
		...problems,
	];
}
