import {FollowthroughError} from '../errors.ts';
import type {RecordedRequest} from '../journal/exchange.ts';

/**
 * The offset of the first byte in which the bodies of two requests differ; none when they are equal.
 * `gone` when they differ and their bytes can't be had any more, `not kept` when they don't differ as
 * far as both were kept.
 */
export function differenceOf(
	original: RecordedRequest,
	repeated: RecordedRequest,
): number | 'gone' | 'not kept' | undefined {
	try {
		return original.body.firstDifference(repeated.body);
	} catch (error) {
		if (!(error instanceof FollowthroughError)) throw error;
		return error.code === 'BODY_NOT_KEPT' ? 'not kept' : 'gone';
	}
}
