import {access} from 'node:fs/promises';
import type {AskedCall} from '../../../src/index.ts';
import {textOrBytes} from './body.ts';
import type {KnownClient, OpenClient} from './known-client.ts';
import {printedVersion} from './version.ts';

const executable = '/usr/bin/chromium';

const parameters = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// The machine's own proxies are none of its business.
	'--no-proxy-server',
];

/** The fetch of Chromium, in a page of the origin that is called. */
export const chromium: KnownClient = {
	id: 'chromium-fetch',
	name: 'Chromium fetch',
	family: 'Other languages and browsers',
	called:
		'`fetch(url, {method, headers, body})` in a page of the origin that is called; CORS is left as it is, and a 401 waits for a user, who is not there',
	version: async () => {
		const installed = await loadPlaywright().then(
			() => true,
			() => false,
		);
		return installed
			? printedVersion([executable, '--version'], /Chromium (\d[\d.]*)/)()
			: undefined;
	},
	open,
};

/** The part of playwright-core that is used here: the package need not be installed. */
interface Playwright {
	readonly chromium: {
		launch(options: {
			executablePath: string;
			chromiumSandbox: boolean;
			args: string[];
		}): Promise<Browser>;
	};
}

interface Browser {
	newContext(): Promise<Context>;
	close(): Promise<void>;
}

interface Context {
	newPage(): Promise<Page>;
	close(): Promise<void>;
}

interface Page {
	route(url: string, handler: (route: Route) => Promise<void>): Promise<unknown>;
	unroute(url: string): Promise<unknown>;
	goto(url: string): Promise<unknown>;
	evaluate<Input, Output>(code: (input: Input) => Promise<Output>, input: Input): Promise<Output>;
	close(): Promise<void>;
}

interface Route {
	fulfill(answer: {contentType: string; body: string}): Promise<void>;
}

function isPlaywright(module: object): module is Playwright {
	return 'chromium' in module;
}

async function loadPlaywright(): Promise<Playwright> {
	await access(executable);
	const name: string = 'playwright-core';
	const module: object = await import(name);
	if (!isPlaywright(module)) throw new Error(`${name} has no Chromium.`);
	return module;
}

async function open(): Promise<OpenClient> {
	const playwright = await loadPlaywright();
	const browser = await playwright.chromium.launch({
		executablePath: executable,
		chromiumSandbox: false,
		args: parameters,
	});
	const contexts = new Map<string, Promise<Context>>();
	return {
		async adapter(call) {
			const page = await (await contextOf(call, contexts, browser)).newPage();
			call.signal.addEventListener('abort', () => void page.close().catch(() => undefined));
			try {
				await openBlank(page, call);
				return {status: await page.evaluate(fetchStatus, requestOf(call))};
			} finally {
				await page.close();
			}
		},
		close: () => browser.close(),
	};
}

/** More than there are scenarios that are played side by side. */
const openContexts = 8;

/** A context for each scenario: cookies are of a host, whatever its port, and last until the next call. */
function contextOf(
	{scenario}: AskedCall,
	contexts: Map<string, Promise<Context>>,
	browser: Browser,
): Promise<Context> {
	const context = contexts.get(scenario) ?? browser.newContext();
	contexts.delete(scenario);
	contexts.set(scenario, context);
	const [oldest] = contexts;
	if (oldest !== undefined && contexts.size > openContexts) {
		const [name, done] = oldest;
		contexts.delete(name);
		void done.then(each => each.close()).catch(() => undefined);
	}
	return context;
}

/** Opens a page of the origin that is called, of which the double sees nothing. */
async function openBlank(page: Page, {url}: AskedCall): Promise<void> {
	const blank = new URL('/blank-page-of-the-browser', url).href;
	// An icon of its own, or the browser would ask the double for one.
	const body = '<link rel="icon" href="data:,">';
	await page.route(blank, route => route.fulfill({contentType: 'text/html', body}));
	await page.goto(blank);
	// As long as something is intercepted, the browser's cache is off.
	await page.unroute(blank);
}

interface PageRequest {
	readonly url: string;
	readonly method: string;
	readonly headers: [string, string][];
	/** Text as it is, bytes in Base64. */
	readonly body: string | {readonly base64: string} | null;
}

function requestOf(call: AskedCall): PageRequest {
	const {url, method, headers} = call;
	const content = textOrBytes(call);
	return {
		url,
		method,
		headers: headers.map(([name, value]) => [name, value]),
		body:
			content instanceof Uint8Array ? {base64: Buffer.from(content).toString('base64')} : content,
	};
}

/** Runs in the page. */
async function fetchStatus({url, method, headers, body}: PageRequest): Promise<number> {
	const content =
		typeof body === 'string' || body === null
			? body
			: Uint8Array.from(atob(body.base64), character => character.charCodeAt(0));
	const response = await fetch(url, {method, headers, body: content});
	await response.arrayBuffer();
	return response.status;
}
