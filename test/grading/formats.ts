import test from 'ava';
import {formatGrade, type Grade, gradeClient} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {deviants} from '../clients/deviants.ts';
import {adapterOf} from '../helpers/graded.ts';

const scenarios = ['api-move', 'cross-origin', 'no-such-scenario'];
const client = 'a <b>"bold"</b> & | client';

async function graded(): Promise<Grade> {
	const deviant = deviants['body-preserved']?.create() ?? createClient();
	return gradeClient(adapterOf(deviant), {scenarios, client});
}

test('the Markdown says what to mend, with its source, and what every rule and scenario came to', async t => {
	const text = await formatGrade(await graded(), 'markdown');
	t.true(text.startsWith('# How a \\<b\\>"bold"\\</b\\> & \\| client follows redirects\n'));
	t.regex(text, /1\. \*\*content is lost, and the client reports success\.\*\* `body-preserved`/);
	t.regex(text, /source: \[RFC 9110, 15\.4\]\(https:\/\/www\.rfc-editor\.org/);
	t.regex(text, /\| ✗ \| `body-preserved` \| should \|\s+\| 2 \|/);
	t.regex(text, /\| `api-move` \| ✗ broken \| `body-preserved` \|/);
	t.regex(text, /\| `no-such-scenario` \| ! set-up failed/);
	const rows = text.split('\n').filter(line => line.startsWith('|'));
	const columns = rows.map(line => line.replaceAll('\\|', '').split('|').length);
	t.deepEqual([...new Set(columns)].toSorted(), [5, 9]);
});

test('the HTML is one page, and nothing of a client or of the wire is markup in it', async t => {
	const text = await formatGrade(await graded(), 'html');
	t.true(text.startsWith('<!doctype html>\n<html lang="en">'));
	t.false(text.includes('<b>'));
	t.true(text.includes('a &lt;b&gt;&quot;bold&quot;&lt;/b&gt; &amp; | client'));
	t.true(text.includes('content is lost, and the client reports success'));
	t.deepEqual(unbalanced(text), []);
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
	t.is(Number(failures), grade.scenarios.flatMap(({verdict}) => verdict.broken).length);
});

test('bytes that XML can not hold are shown in another way', async t => {
	const grade = await graded();
	const text = await formatGrade({...grade, client: 'bell \u0007 and \u{1f600}'}, 'junit');
	t.true(text.includes('name="bell ? and \u{1f600}"'));
});

test('another format is refused', async t => {
	const grade = await graded();
	// @ts-expect-error Nobody has written a PDF yet.
	await t.throwsAsync(formatGrade(grade, 'pdf'), {
		code: 'OPTION_INVALID',
		message: 'There is no format "pdf"; expected markdown, html or junit.',
	});
});

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
