import {headerValue} from '../http/header-lines.ts';
import {ofHeaders} from './of-headers.ts';

/** Whether header lines ask for 100 (Continue) before the content goes out (RFC 9110, 10.1.1). */
export const asksForContinue = ofHeaders(lines => {
	const expectations = (headerValue(lines, 'expect') ?? '').toLowerCase().split(',');
	return expectations.some(each => each.trim() === '100-continue');
});
