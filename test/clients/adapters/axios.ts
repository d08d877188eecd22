import axios from 'axios';
import type {ClientAdapter} from '../../../src/index.ts';
import {textOrBytes} from './body.ts';

export const axiosAdapter: ClientAdapter = async ({method, url, headers, body, signal}) => {
	const {status} = await axios.request({
		method,
		url,
		headers: Object.fromEntries(headers),
		data: textOrBytes(body),
		signal,
		// The proxy variables of the machine are no matter of ours.
		proxy: false,
		validateStatus: () => true,
	});
	return {status};
};
