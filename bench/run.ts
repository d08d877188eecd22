/**
 * Measures Followthrough beside its peers and beside the limit:
 *
 *     node bench/run.ts [--short | --long] [--only <measure>]...
 *
 * Writes the report and the chart (elsewhere, when not everything was measured), and ends with 1 when a run was broken (wrong answers, an
 * incomplete journal, a crash), never because of a figure. Peers are installed by `npm install` in
 * this folder; those that are not there are left out with a word.
 */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {chart} from './chart.ts';
import {type Form, forms} from './form.ts';
import {Load} from './load-process.ts';
import {machine} from './machine.ts';
import type {Measure, Result} from './measure.ts';
import {measures} from './measures/index.ts';
import {
	builtIndex,
	chartFile,
	chartLink,
	partialChartFile,
	partialChartLink,
	partialReportFile,
	reportFile,
} from './paths.ts';
import {inOneLine, report, table} from './report.ts';
import {versions} from './versions.ts';

const {values} = parseArgs({
	options: {
		short: {type: 'boolean', default: false},
		long: {type: 'boolean', default: false},
		only: {type: 'string', multiple: true, default: []},
	},
});

process.exitCode = await main(formAsked(), values.only);

function formAsked(): Form {
	if (values.short) return forms.short;
	return values.long ? forms.long : forms.default;
}

async function main(form: Form, only: readonly string[]): Promise<number> {
	const known = measures.map(({id}) => id);
	const unknown = only.filter(id => !known.includes(id));
	if (unknown.length > 0)
		return complain(`There is no measure ${unknown.join(', ')}: it has ${known.join(', ')}.`);
	if (!existsSync(fileURLToPath(builtIndex)))
		return complain('There is nothing to measure: run npm run build first.');
	const about = {machine: machine(), versions: versions(), ...dayAndForm(form)};
	const asked = measures.filter(({id}) => only.length === 0 || only.includes(id));
	const {results, broken} = await runAll(asked, form);
	const isWhole = only.length === 0 && form.name !== 'short' && broken.length === 0;
	const files = isWhole
		? {text: reportFile, drawing: chartFile, link: chartLink}
		: {text: partialReportFile, drawing: partialChartFile, link: partialChartLink};
	write(files.drawing, chart(results.flatMap(({bars}) => (bars ? [bars] : []))));
	write(files.text, report({...about, chart: files.link}, results));
	for (const {targets} of results) for (const each of targets) console.log(inOneLine(each));
	for (const each of broken) console.error(`Broken: ${each}`);
	return broken.length === 0 ? 0 : 1;
}

async function runAll(
	asked: readonly Measure[],
	form: Form,
): Promise<{results: Result[]; broken: string[]}> {
	const results: Result[] = [];
	const broken: string[] = [];
	for (const {id, run} of asked) {
		// A load that has seen a fault may still have connections open: each measure has its own.
		await using load = new Load();
		try {
			const result = await run({form, load, say: text => console.error(`${id}: ${text}`)});
			console.log([`\n${result.title}`, ...table(result.columns, result.rows)].join('\n'));
			results.push(result);
		} catch (error) {
			broken.push(`${id}: ${error instanceof Error ? error.stack : String(error)}`);
		}
	}
	return {results, broken};
}

function dayAndForm({name, rounds}: Form): {date: string; form: string} {
	const date = new Date().toISOString().slice(0, 10);
	const doubt =
		name === 'short' ? ', which shows that all of it runs: its figures say nothing' : '';
	return {date, form: `${name} form, ${rounds} round${rounds === 1 ? '' : 's'}${doubt}`};
}

function write(file: string, text: string): void {
	mkdirSync(dirname(file), {recursive: true});
	writeFileSync(file, text);
}

function complain(words: string): number {
	console.error(words);
	return 2;
}
