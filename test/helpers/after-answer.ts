import type {AfterAnswer, RecordedRequest} from '../../src/journal/exchange.ts';

/**
 * What a client did after the answer, without the time: that there is one is as certain as that more of
 * the body came.
 */
export function timeless({
	afterAnswer,
	beganAt,
}: RecordedRequest): Omit<AfterAnswer, 'goesOnAt'> | undefined {
	if (afterAnswer === undefined) return undefined;
	const {goesOnAt, ...rest} = afterAnswer;
	const isTimed = goesOnAt !== undefined && goesOnAt >= beganAt;
	if (isTimed !== rest.after > 0) throw new Error(`${rest.after} bytes came, at ${goesOnAt}.`);
	return rest;
}
