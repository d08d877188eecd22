import {isReached, type Result, type Target} from './measure.ts';
import {shown} from './statistics.ts';

/** What the report says of the run itself. */
export interface Run {
	readonly machine: readonly string[];
	readonly versions: readonly string[];
	/** Such as `default form, 5 rounds`. */
	readonly form: string;
	/** The day, such as `2026-11-23`. */
	readonly date: string;
	/** The chart, as the report refers to it. */
	readonly chart: string;
}

/** The report of a run, in Markdown. */
export function report(run: Run, results: readonly Result[]): string {
	const targets = results.flatMap(result => result.targets);
	const reached = targets.filter(isReached).length;
	return [
		'# Benchmarks',
		'',
		'Written by `npm run bench`: everything below was measured in one run on one machine, the servers by turns; figures are medians, with the least and the most of the rounds, and ratios are medians of the ratios of each round. Servers and load share the machine and speak over loopback.',
		'',
		...[...run.machine, `${run.form}, ${run.date}`, run.versions.join(', ')].map(
			line => `- ${line}`,
		),
		'',
		`![Chart of the figures below](${run.chart})`,
		'',
		'## Targets',
		'',
		`${reached} of ${targets.length} are reached.`,
		'',
		...table(
			['what', 'measured', 'target', ''],
			targets.map(target => [
				target.what,
				`${shown(target.value)} ${target.unit}`,
				`${target.sense} ${target.limit}`,
				isReached(target) ? 'reached' : 'not reached',
			]),
		),
		...results.flatMap(section),
		'',
	].join('\n');
}

/** A target in one line, such as `0.72 x bare Koa; target at least 0.9: not reached`. */
export function inOneLine(target: Target): string {
	const {what, value, unit, sense, limit} = target;
	const outcome = isReached(target) ? 'reached' : 'not reached';
	return `${what}: ${shown(value)} ${unit}; target ${sense} ${limit}: ${outcome}`;
}

/** A table in Markdown, numbers to the right. */
export function table(
	columns: readonly string[],
	rows: readonly (readonly string[])[],
): readonly string[] {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const rule = columns.map((_, index) =>
		rows.every(row => /^[-\d]/.test(row[index] ?? '')) ? '---:' : '---',
	);
	return [line(columns), line(rule), ...rows.map(line)];
}

function section({title, how, columns, rows, skipped}: Result): string[] {
	return [
		'',
		`## ${title}`,
		'',
		how,
		'',
		...table(columns, rows),
		...(skipped.length === 0 ? [] : ['', `Left out: ${skipped.join('; ')}.`]),
	];
}
