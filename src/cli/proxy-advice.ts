import {type Look, paint} from '../verdict/paint.ts';
import type {Served} from './open-doubles.ts';
import {proxiedLine} from './proxied-line.ts';

/** For how many scenarios the way through their proxies is told; each line costs a CA. */
const told = 3;

/**
 * How a client is led to the documented URLs, by a line for each scenario; where many are served, for
 * the first one.
 *
 * @param command what a name is put behind to serve that scenario alone
 */
export async function proxyAdvice(
	served: readonly Served[],
	command: string,
	look: Look,
): Promise<string> {
	const many = served.length > told;
	const shown = many ? served.slice(0, 1) : served;
	const lines = await Promise.all(shown.map(lineFor));
	const title = paint('bold', 'Any client at the documented URLs, through the proxy:', look);
	const rest = `Each scenario has a proxy of its own: ${command} <name> prints the line for it.`;
	return [title, ...lines.map(line => `  ${line}`), ...(many ? [`  ${rest}`] : [])].join('\n');
}

async function lineFor(served: Served): Promise<string> {
	const {proxy, ca} = served.double;
	try {
		return (await proxiedLine(served, {proxy, caFile: () => ca.file()})) ?? proxy;
	} catch (error) {
		// No line is worth the scenario's end.
		const reason = error instanceof Error ? error.message : String(error);
		return `${proxy}, without a file for its CA: ${reason}`;
	}
}
