import got from 'got';
import got15, {type Method} from 'got15';
import type {AskedCall, ClientAdapter} from '../../../src/index.ts';
import {textOrStream} from './body.ts';

/** The last got 15: on its way to another origin it loses the body. */
export const gotFifteen: ClientAdapter = async call => {
	const {method, url} = call;
	if (!isKnown(method)) throw new Error(`It sends no ${method}.`);
	const {statusCode} = await got15(url, {...optionsOf(call), method, throwHttpErrors: false});
	return {status: statusCode};
};

export const gotSixteen: ClientAdapter = async call => {
	const {method, url} = call;
	const {statusCode} = await got(url, {...optionsOf(call), method, throwHttpErrors: false});
	return {status: statusCode};
};

function optionsOf(call: AskedCall) {
	const {headers, signal} = call;
	const content = textOrStream(call);
	return {
		headers: Object.fromEntries(headers),
		...(content !== null && {body: content}),
		signal,
	};
}

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Its types know the methods of RFC 9110 alone. */
function isKnown(method: string): method is Method {
	return methods.includes(method);
}
