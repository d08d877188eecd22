import test from 'ava';
import {style} from '../../src/grading/formats/html-style.ts';
import {
	type ClientAdapter,
	formatGrade,
	type Grade,
	gradeClient,
	type ScenarioInput,
} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {deviants} from '../clients/deviants.ts';
import {adapterOf} from '../helpers/graded.ts';

const scenarios = ['api-move', 'cross-origin', './no-such-scenario.yaml'];
const client = 'a <b>"bold"</b> & | client';

async function graded(): Promise<Grade> {
	const deviant = deviants['body-preserved']?.create() ?? createClient();
	return gradeClient(adapterOf(deviant), {scenarios, client});
}

test('the Markdown says what to mend, with its source, and what every rule and scenario came to', async t => {
	const text = await formatGrade(await graded(), 'markdown');
	t.true(text.startsWith('# How a \\<b\\>"bold"\\</b\\> \\& \\| client follows redirects\n'));
	t.regex(
		text,
		/^\*\*✗ Not passed: 1 rule broken in 2 scenarios; the set-up failed in 1 scenario; in \.\/no-such-scenario\.yaml: .+\.\*\*$/m,
	);
	t.regex(text, /^Rules: kept \d+ · broken 1 · declined 0 · not observed \d+; policies apart\./m);
	t.regex(text, /^Scenarios: kept 0 · broken 2 · declined 0 · not observed 0 · not judged 1\.$/m);
	t.regex(
		text,
		/1\. \*\*content is lost, and the client reports success\.\*\* \[`body-preserved`\]\(node_modules\/followthrough\/docs\/rules\/body-preserved\.md\) \(should\)/,
	);
	t.true(
		text.includes(
			'   - actual: no body (0 bytes) (in `api-move`, exchanges 1 → 2)\n   - likely cause: ',
		),
	);
	t.regex(text, /source: \[RFC 9110, 15\.4\]\(https:\/\/www\.rfc-editor\.org/);
	t.regex(text, /\| ✗ broken \| \[`body-preserved`\]\([^)]*\) \| should \|\s+\| 2 \|/);
	t.regex(text, /\| `api-move` \| ✗ broken \| 201 \| `body-preserved` \|/);
	t.regex(text, /\| \.\/no-such-scenario\.yaml \| ! set-up failed/);
	const rows = text.split('\n').filter(line => line.startsWith('|'));
	const columns = rows.map(line => line.replaceAll('\\|', '').split('|').length);
	t.deepEqual([...new Set(columns)].toSorted(), [6, 7, 9]);
});

test('the words of a client that declines stand beside that, in each format', async t => {
	const declining = adapterOf(createClient({limit: 0}));
	const failing: ClientAdapter = async call => {
		await declining(call);
		throw new Error('no <rewind>');
	};
	const grade = await gradeClient(failing, {scenarios: ['api-move'], client: 'tired'});
	const markdown = await formatGrade(grade, 'markdown');
	t.true(
		markdown.includes(
			'**✗ Not passed: no follow-up reached the double, in 1 scenario; the client says: no \\<rewind\\>.**',
		),
	);
	t.true(markdown.includes('| `api-move` | – declined | error: no \\<rewind\\> |  |'));
	const words =
		'– declined: no follow-up to a redirect reached the double, which is legal where the client did not follow.';
	t.true(markdown.includes(`\n${words}\n`));
	const html = await formatGrade(grade, 'html');
	t.true(html.includes(words));
	t.true(html.includes('<td>– declined</td><td>error: no &lt;rewind&gt;</td>'));
	const junit = await formatGrade(grade, 'junit');
	t.true(
		junit.includes(
			'<testcase classname="api-move" name="declined"><skipped message="no follow-up to a redirect reached the double, which is legal where the client did not follow; the client said: error: no &lt;rewind&gt;">',
		),
	);
});

test('a grade in which nothing was seen is no success for a service that reads JUnit', async t => {
	const plain: ScenarioInput = {
		name: 'plain',
		calls: [{request: 'GET http://a.test/'}],
		routes: [{request: 'GET http://a.test/', response: {}}],
	};
	const grade = await gradeClient(adapterOf(createClient()), {scenarios: [plain]});
	const text = await formatGrade(grade, 'junit');
	t.true(text.includes('<testsuites name="client" tests="2" failures="0" errors="1">'));
	t.true(
		text.includes(
			'<testcase classname="plain" name="not observed"><skipped message="no rule could say anything; the client said: 200">',
		),
	);
	t.true(
		text.includes(
			'<testcase classname="grade" name="something was seen"><error message="no rule was seen, in 1 scenario" type="something was seen">',
		),
	);
});

test('a client that passed is told so', async t => {
	const grade = await gradeClient(adapterOf(createClient()), {scenarios: ['api-move']});
	const markdown = await formatGrade(grade, 'markdown');
	t.true(markdown.includes('**✓ Passed.**'));
	t.true(markdown.includes('✓ kept every rule that was seen: `api-move`'));
	t.false(markdown.includes('To mend'));
	t.true((await formatGrade(grade, 'html')).includes('>✓ Passed.</p>'));
	t.true((await formatGrade(grade, 'junit')).includes(' failures="0" errors="0">'));
});

test('rules that nothing exercised take one line together, below those that were', async t => {
	const grade = await gradeClient(adapterOf(createClient()), {scenarios: ['api-move']});
	const unexercised = grade.rules.filter(
		({kept, broken, declined, notObserved}) =>
			kept.length + broken.length + declined.length + notObserved.length === 0,
	);
	t.true(unexercised.length > 10);
	const words = `○ nothing that was played exercised ${unexercised.length} rules`;
	const markdown = await formatGrade(grade, 'markdown');
	const line = markdown.split('\n').find(each => each.startsWith(`${words}: `)) ?? '';
	const rows = markdown.split('\n').filter(each => each.startsWith('|'));
	const html = await formatGrade(grade, 'html');
	const folded = html.slice(html.indexOf(`<summary>${words}</summary>`));
	for (const {rule} of unexercised) {
		t.true(line.includes(`\`${rule}\``), rule);
		t.false(
			rows.some(row => row.includes(`\`${rule}\``)),
			rule,
		);
		t.true(folded.includes(`<code>${rule}</code>`), rule);
	}
});

test('a summary says once what the client says, and what became of a scenario', async t => {
	const failing: ClientAdapter = async () => {
		throw new Error('oops');
	};
	const grade = await gradeClient(failing, {scenarios: ['api-move'], client: 'tired'});
	t.is(
		grade.why,
		'the set-up failed in 1 scenario; in api-move: asked for POST https://api.example.test/api/v1/users, the client sent no request; it says: oops',
	);
	t.deepEqual(
		grade.rules.filter(({outcome}) => outcome !== 'not observed'),
		[],
	);
	t.false((await formatGrade(grade, 'markdown')).includes('| outcome | rule |'));
	t.false((await formatGrade(grade, 'html')).includes('By rule,'));
});

test('a policy that is not enforced is told apart, and fails nothing', async t => {
	const client = deviants['hop-limit']?.create() ?? createClient();
	const grade = await gradeClient(adapterOf(client), {scenarios: ['curl-25-growing-loop']});
	t.is(grade.rules.find(({rule}) => rule === 'hop-limit')?.outcome, 'broken');
	t.true((await formatGrade(grade, 'markdown')).includes('`hop-limit` (policy)'));
	t.regex(
		await formatGrade(grade, 'junit'),
		/name="hop-limit"><skipped message="a policy that is not enforced: /,
	);
});

test('the pages of the rules are linked to where they are said to be', async t => {
	const pages = 'https://docs.example.test/a rule';
	const page = 'https://docs.example.test/a%20rule/body-preserved.md';
	const grade = await graded();
	t.true((await formatGrade(grade, 'markdown', {pages})).includes(`(${page})`));
	t.true((await formatGrade(grade, 'html', {pages})).includes(`href="${page}"`));
	t.true((await formatGrade(grade, 'junit', {pages})).includes(`see ${page}<`));
	t.is(
		await formatGrade(grade, 'html', {pages: `${pages}/`}),
		await formatGrade(grade, 'html', {pages}),
	);
	// @ts-expect-error Another one is misspelt.
	await t.throwsAsync(formatGrade(grade, 'html', {page}), {code: 'OPTION_INVALID'});
});

test('the HTML is one page, and nothing of a client or of the wire is markup in it', async t => {
	const text = await formatGrade(await graded(), 'html');
	t.true(text.startsWith('<!doctype html>\n<html lang="en">'));
	t.false(text.includes('<b>'));
	t.true(text.includes('a &lt;b&gt;&quot;bold&quot;&lt;/b&gt; &amp; | client'));
	t.true(text.includes('content is lost, and the client reports success'));
	t.deepEqual(unbalanced(text), []);
	t.notRegex(text, /<script|<link|<img|src=|url\(/);
});

test('the HTML has heads for its columns and rows, and links that lead somewhere', async t => {
	const text = await formatGrade(await graded(), 'html');
	for (const [table] of text.matchAll(/<table>[\s\S]*?<\/table>/g)) {
		t.regex(table, /^<table><caption>\w/);
		t.notRegex(table, /<th>/);
		const rows = [...table.matchAll(/<tr[ >]/g)].length;
		t.is([...table.matchAll(/<th scope="row">/g)].length, rows - 1);
	}
	const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
	const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
	t.true(targets.length > 0);
	t.deepEqual(
		targets.filter(target => !ids.has(target)),
		[],
	);
});

test('all colours of the HTML have a contrast of 4.5 or more to their paper, by day and by night', t => {
	for (const [day] of style.matchAll(/--paper:[^}]*/g)) {
		const colors = new Map(
			[...day.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name = '', value = '']) => [name, value]),
		);
		for (const paper of ['paper', 'shade'])
			for (const ink of ['ink', 'link', 'kept', 'broken', 'declined', 'not-observed'])
				t.true(
					contrast(colors.get(ink) ?? '', colors.get(paper) ?? '') >= 4.5,
					`${ink} on ${paper}`,
				);
	}
});

test('the JUnit XML counts what it holds', async t => {
	const grade = await graded();
	const text = await formatGrade(grade, 'junit');
	t.true(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites '));
	t.deepEqual(unbalanced(text), []);
	const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
	const [, tests, failures, errors] =
		/<testsuites name="[^"]*" tests="(\d+)" failures="(\d+)" errors="(\d+)">/.exec(text) ?? [];
	t.is(count(/<testcase /g), Number(tests));
	t.is(count(/<failure /g), Number(failures));
	t.is(count(/<error /g), Number(errors));
	t.is(Number(errors), 1);
	t.is(Number(failures), 2);
	// Each of these two has a case for what was kept, and the third one is an error.
	t.is(Number(tests), 5);
});

/** What services know of JUnit XML: as in the schema of Jenkins' xunit plugin, junit-10.xsd. */
const known: Readonly<Record<string, readonly string[]>> = {
	testsuites: ['name', 'tests', 'failures', 'errors'],
	testsuite: ['name', 'tests', 'failures', 'errors', 'skipped'],
	testcase: ['classname', 'name'],
	failure: ['message', 'type'],
	error: ['message', 'type'],
	skipped: ['message'],
	'system-out': [],
};

test('the JUnit XML has elements and attributes that services know, and each case a name of its own', async t => {
	const text = await formatGrade(await graded(), 'junit');
	const elements = [...text.matchAll(/<([a-z-]+)((?: [a-z]+="[^"]*")*)>/g)];
	for (const [, name = '', attributes = ''] of elements) {
		const names = [...attributes.matchAll(/ ([a-z]+)=/g)].map(([, attribute]) => attribute);
		t.deepEqual(names, known[name]);
	}
	const cases = elements.flatMap(([, name, attributes]) => (name === 'testcase' ? attributes : []));
	t.is(new Set(cases).size, cases.length);
});

test('bytes that XML can not hold are shown in another way', async t => {
	const grade = await graded();
	const text = await formatGrade({...grade, client: 'bell \u0007 and \u{1f600}'}, 'junit');
	t.true(text.includes('name="bell ? and \u{1f600}"'));
});

test('the JUnit XML has a case for each rule that was broken in a scenario, however often', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const grade = await gradeClient(adapterOf(client), {scenarios: ['idempotency-key']});
	t.true((grade.scenarios[0]?.verdict.broken.length ?? 0) > 1);
	const text = await formatGrade(grade, 'junit');
	const names = [...text.matchAll(/<testcase classname="idempotency-key" name="([^"]*)">/g)];
	t.deepEqual(
		names.map(([, name]) => name),
		['body-preserved', 'rules kept'],
	);
	t.regex(text, /<failure message="expected [^"]+; \d times in all" type="should">/);
	t.regex(text, /<failure[^>]*>[^<]+in idempotency-key, exchanges 1 → 2/);
	t.regex(text, /<system-out>\d+ rules kept: [^<]*method-preserved/);
});

for (const [what, words] of [
	[undefined, 'what is no grade; expected what gradeClient resolves with'],
	[{}, 'what is no grade; expected what gradeClient resolves with'],
	['markdown', 'what is no grade; expected what gradeClient resolves with'],
	[Promise.resolve(), 'a promise; expected what it resolves with: await gradeClient(…)'],
] as const)
	test(`formatGrade refuses ${String(what)} as a grade`, async t => {
		// @ts-expect-error As JavaScript lets it.
		await t.throwsAsync(formatGrade(what, 'html'), {
			code: 'OPTION_INVALID',
			message: `formatGrade was given ${words}.`,
		});
	});

test('pages that are no text are refused', async t => {
	// @ts-expect-error As JavaScript lets it.
	await t.throwsAsync(formatGrade(await graded(), 'html', {pages: new URL('https://a.test')}), {
		code: 'OPTION_INVALID',
		message: 'The option pages is no text; expected a URL, a path, or false for no links.',
	});
});

test('another format is refused', async t => {
	const grade = await graded();
	// @ts-expect-error Nobody has written a PDF yet.
	await t.throwsAsync(formatGrade(grade, 'pdf'), {
		code: 'OPTION_INVALID',
		message: 'There is no format "pdf"; expected markdown, html or junit.',
	});
});

/** The contrast of two colours (WCAG 2.2, 1.4.3). */
function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
	const digits = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;
	const parts = [1, 3, 5].map(at => Number.parseInt(digits.slice(at, at + 2), 16) / 255);
	const [red = 0, green = 0, blue = 0] = parts.map(part =>
		part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Elements that are not closed, or closed in another order. */
function unbalanced(markup: string): string[] {
	const open: string[] = [];
	const wrong: string[] = [];
	for (const [, closing, name = '', rest = ''] of markup.matchAll(
		/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g,
	)) {
		if (['meta', 'br'].includes(name) || rest.endsWith('/')) continue;
		if (closing === '') open.push(name);
		else if (open.pop() !== name) wrong.push(name);
	}
	return [...wrong, ...open];
}
