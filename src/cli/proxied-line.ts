import {curlLine} from './curl-line.ts';
import {type Listed, listedRequests} from './listed-requests.ts';

/** What a client needs to know to send the documented URLs. */
export interface ProxyAccess {
	/** The URL of the forward proxy. */
	readonly proxy: string;
	/** The path of the CA's certificate. */
	readonly caFile: string;
}

/**
 * The curl line that sends a scenario's first request to its documented URL, through the proxy. The
 * names of the variables are in lower case: curl reads `http_proxy` in no other, and where
 * `https_proxy` is there in both, the lower counts (man curl, ENVIRONMENT).
 */
export function proxiedLine(listed: Listed, {proxy, caFile}: ProxyAccess): string | undefined {
	const [sample] = listedRequests(listed).flatMap(({samples}) => samples);
	if (sample === undefined) return undefined;
	const secure = sample.url.startsWith('https:');
	const environment = secure ? {https_proxy: proxy, CURL_CA_BUNDLE: caFile} : {http_proxy: proxy};
	return curlLine(sample, environment);
}
