import {isIP} from 'node:net';
import type {Doubles} from '../api/doubles.ts';
import {type ApiOptions, type RunningApi, startApi} from '../api/start-api.ts';
import {FollowthroughError} from '../errors.ts';

/** Where the API is, unless told and unless something else is there. */
const usualPort = 3070;

/** How the user has asked for the API. */
export interface ApiServing {
	readonly host?: string | undefined;
	readonly advertise?: string | undefined;
	/** Its port, 0 for a free one; the usual one unless told, or a free one where that is in use. */
	readonly port?: number | undefined;
	/** What a request must bear; that of the environment variable FOLLOWTHROUGH_TOKEN, unless told. */
	readonly token?: string | undefined;
	/** Whether recorded credentials are shown to whoever asks. */
	readonly showSecrets?: boolean | undefined;
	/** Names by which it may be asked for, too. */
	readonly allowHost?: readonly string[] | undefined;
	/** How many doubles it may make. */
	readonly maxDoubles?: number | undefined;
}

/** @throws FollowthroughError PORT_IN_USE, OPTION_INVALID */
export async function openApi(doubles: Doubles, serving: ApiServing): Promise<RunningApi> {
	const options = optionsOf(doubles, serving);
	if (serving.port !== undefined) return startApi({...options, port: serving.port});
	try {
		return await startApi({...options, port: usualPort});
	} catch (error) {
		if (!(error instanceof FollowthroughError) || error.code !== 'PORT_IN_USE') throw error;
		return startApi(options);
	}
}

function optionsOf(doubles: Doubles, serving: ApiServing): ApiOptions {
	const {host, advertise, showSecrets = false, allowHost = []} = serving;
	const places = {
		...(host !== undefined && {host}),
		...(advertise !== undefined && {advertise}),
	};
	return {
		...places,
		doubles,
		start: places,
		token: tokenOf(serving),
		showSecrets,
		allowedHosts: allowHost,
	};
}

/** Whether other machines reach an API that asks for no token. */
export function isOpenToOthers(serving: ApiServing): boolean {
	const {host = '127.0.0.1'} = serving;
	const isLoopback =
		host === 'localhost' || host === '::1' || (isIP(host) && host.startsWith('127.'));
	return !isLoopback && tokenOf(serving) === undefined;
}

/** @throws FollowthroughError OPTION_INVALID */
function tokenOf({
	token = process.env['FOLLOWTHROUGH_TOKEN'] || undefined,
}: ApiServing): string | undefined {
	if (token === undefined) return undefined;
	// What a field of a request can hold (RFC 6750, 2.1).
	if (/^[\w.~+/-]+=*$/.test(token)) return token;
	throw new FollowthroughError(
		'OPTION_INVALID',
		token === ''
			? 'The token is empty: leave --token out where none is to be asked for.'
			: 'The token can not be sent: expected letters, digits and - . _ ~ + / alone.',
	);
}
