import {curlLine} from '../exports/curl-line.ts';
import {type Listed, listedRequests} from './listed-requests.ts';

/** What a client needs to know to send the documented URLs. */
export interface ProxyAccess {
	/** The URL of the forward proxy. */
	readonly proxy: string;
	/** Writes the CA's certificate to a file, whose path it gives; called for https alone, as it takes a while. */
	caFile(): Promise<string>;
}

/**
 * The curl line that sends a scenario's first request to its documented URL, through the proxy. The
 * names of the variables are in lower case: curl reads `http_proxy` in no other, and where
 * `https_proxy` is there in both, the lower counts (man curl, ENVIRONMENT).
 */
export async function proxiedLine(
	listed: Listed,
	{proxy, caFile}: ProxyAccess,
): Promise<string | undefined> {
	const [sample] = listedRequests(listed).flatMap(({samples}) => samples);
	if (sample === undefined) return undefined;
	const secure = sample.url.startsWith('https:');
	const environment = secure
		? {https_proxy: proxy, CURL_CA_BUNDLE: await caFile()}
		: {http_proxy: proxy};
	return curlLine(sample, {environment});
}
