/**
 * Draws docs/images/hop.svg: what `npm start` tells of a hop that got 15.0.5 makes, which loses the
 * body on a 307 to another origin, after one that fetch makes. Run it when the live text has changed.
 */
import {writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import got15 from 'got15';
import {followLive} from '../src/cli/follow-live.ts';
import {formatLive} from '../src/cli/live-text.ts';
import {startDouble} from '../src/start-double.ts';
import {terminalImage} from './terminal-image.ts';

/** Where the image is kept. */
export const hopImageFile = new URL('../docs/images/hop.svg', import.meta.url);

const shop = 'https://shop.example.test/checkout';

/** The image as SVG; the same each time. */
export async function renderHopImage(): Promise<string> {
	const byFetch = await tellVisit(url =>
		fetch(url, {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: '{"cart":9}',
		}),
	);
	const byGot = await tellVisit(url => got15.post(url, {json: {cart: 9}}));
	const output = [
		dim('# fetch'),
		byFetch,
		'',
		dim('# got 15.0.5 loses the body when a 307 leads to another origin'),
		byGot,
	];
	return terminalImage(output.join('\n'), 'npm start -- cross-origin');
}

/** What is told while a client calls. */
async function tellVisit(call: (url: string) => Promise<unknown>): Promise<string> {
	const double = await startDouble('cross-origin');
	const told: string[] = [];
	const look = {colors: true, pages: 'docs/rules'};
	const end = followLive({double}, live => told.push(formatLive(live, look)));
	await call(double.urlOf(shop));
	await double.close();
	await end;
	return told.join('\n');
}

function dim(text: string): string {
	return `\x1b[2m${text}\x1b[22m`;
}

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url)
	writeFileSync(hopImageFile, await renderHopImage());
