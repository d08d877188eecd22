import axios from 'axios';
import type {ClientAdapter} from '../../../src/index.ts';
import {textOrStream} from './body.ts';

export const axiosAdapter: ClientAdapter = async call => {
	const {method, url, headers, signal} = call;
	const {status} = await axios.request({
		method,
		url,
		headers: Object.fromEntries(headers),
		data: textOrStream(call),
		signal,
		// The proxy variables of the machine are no matter of ours.
		proxy: false,
		validateStatus: () => true,
	});
	return {status};
};
