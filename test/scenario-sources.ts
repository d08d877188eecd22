import {readFileSync} from 'node:fs';
import test from 'ava';
import {loadScenario} from '../src/scenario/load.ts';
import {shippedFiles} from '../src/scenario/shipped.ts';
import type {Scenario} from '../src/scenario/types.ts';

/** The redirect tests of web-platform-tests: fetch/api/redirect, and those beside it that have to do with redirects. */
const ofWpt = [
	...['redirect-method', 'redirect-upload', 'redirect-location', 'redirect-location-escape'],
	...['redirect-empty-location', 'redirect-count', 'redirect-mode', 'redirect-origin'],
	...['redirect-back-to-original-origin', 'redirect-referrer', 'redirect-referrer-override'],
	...['redirect-schemes', 'redirect-to-dataurl', 'redirect-keepalive.any'],
	...['redirect-keepalive.https.any', 'cors-redirect', 'cors-redirect-preflight'],
	...['cors-preflight-redirect', 'cors-redirect-credentials', 'cors-cookies-redirect'],
	...['response-static-redirect', 'request-referrer-redirected-worker', 'redirect-http-upgrade'],
	...['redirect-https-downgrade', 'multiple-redirect-https-downgrade-upgrade'],
	...['authentication-redirection', '302-found-post', 'preserve-fragment'],
];

/** curl's tests of redirects, by matter: 307 and 308; methods; credentials; Locations; limits; Expect. */
const ofCurl = [
	...['1053 1055 1325 797 1572 1575 1577 1580 3034'],
	...['1011 1012 1054 1076 1332 794 796 1571 1573 1574 1576 1578 1579 1581 1983 1984 1524 1051'],
	...['1052 1197 1073 650 233 234 317 318 330 2015 1025 898 976 998 999 899 979 2208 1087 1088'],
	...['778 779 795 973 975 257 479 486 1966 2006 2009 2010 2011 2113 3106 5023 5024 5025 5026'],
	...['5027 414 28 40 42 662 663 49 50 51 52 391 54 55 187 276 1031 1056 1138 1141 1142 1314'],
	...['1413 1448 2046 2047 184 185 325 1245 1563 309 728 25 274 1261 498 3032 1067 2081 188 189'],
	...['477 1633 1184 1090 1024 1104 1130 1131 1132 1133 1134 357'],
].flatMap(line => line.split(' '));

const families = await Promise.all(
	(await shippedFiles())
		.filter(({file}) => /^scenarios\/(?:wpt|curl)\//.test(file))
		.map(async ({name}) => (await loadScenario(name)).scenario),
);
const page = readFileSync(new URL('../docs/scenarios-left-out.md', import.meta.url), 'utf8');
const leftOut = [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => cell.split(', '));

for (const name of ofWpt)
	test(`the test ${name} of WPT is a scenario or on the list of what is left out`, t => {
		const source = new RegExp(`/${name.replaceAll('.', '\\.')}\\.`);
		const named = families.filter(
			({source: link = '', description = ''}) =>
				source.test(link) || new RegExp(`\\b${name}\\b(?!-)`).test(description),
		);
		t.is(named.length + count(name), 1);
	});

for (const number of ofCurl)
	test(`curl's test ${number} is a scenario or on the list of what is left out`, t => {
		// The pages of test 40 are /40 and /400002.
		const path = new RegExp(`/${number}(?:\\d{4})?(?!\\d)`);
		const named = families.filter(scenario => requestsOf(scenario).some(line => path.test(line)));
		t.is(named.length + count(number), 1);
	});

for (const script of ['test_07_36_upload_30x', 'test_07_37_upload_307', 'test_07_44_put_redir'])
	test(`curl's ${script} is a scenario`, t => {
		t.is(families.filter(({description = ''}) => description.includes(script)).length, 1);
	});

test('each scenario of these families has its source in the project that it is named after', t => {
	for (const {name, source = ''} of families) {
		const project = name.startsWith('wpt-') ? 'web-platform-tests/wpt' : 'curl/curl';
		t.true(source.startsWith(`https://github.com/${project}/blob/master/`), name);
		const number = /tests\/data\/test(\d+)$/.exec(source)?.[1];
		if (number !== undefined) t.true(ofCurl.includes(number), name);
	}
});

test('what is left out is left out once, and what stands beside it is a scenario', t => {
	const known = new Set([...ofWpt, ...ofCurl, 'test', '---']);
	t.deepEqual(
		leftOut.filter(each => !known.has(each)),
		[],
	);
	const names = new Set(families.map(({name}) => name));
	for (const [, name = ''] of page.matchAll(/`((?:wpt|curl)-[\w-]+)`/g))
		t.true(names.has(name), name);
});

function count(name: string): number {
	return leftOut.filter(each => each === name).length;
}

function requestsOf({calls, routes}: Scenario): string[] {
	return [...calls, ...routes].map(({request}) =>
		typeof request === 'string' ? request : request.url,
	);
}
