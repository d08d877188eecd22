import type {Bars} from './measure.ts';
import {shown} from './statistics.ts';

const width = 760;
const labels = 150;
const barHeight = 18;
const gap = 6;

/** The figures as bars, in an SVG that is readable on a light ground and on a dark one. */
export function chart(all: readonly Bars[]): string {
	let top = 16;
	const panels = all.map(bars => {
		const drawn = panel(bars, top);
		top += 44 + bars.bars.length * (barHeight + gap);
		return drawn;
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-label="${escaped(all.map(({title}) => title).join('; '))}">`,
		'<style>',
		'text { font: 13px system-ui, sans-serif; fill: #24292f; } .title { font-weight: 600; }',
		'.bar { fill: #8c959f; } .own { fill: #0969da; } .ground { fill: #ffffff; }',
		'@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .own { fill: #4493f8; } .ground { fill: #0d1117; } }',
		'</style>',
		`<rect class="ground" width="${width}" height="${top}" rx="6"/>`,
		...panels,
		'</svg>',
		'',
	].join('\n');
}

function panel({title, better, bars}: Bars, top: number): string {
	const most = Math.max(...bars.map(({value}) => value));
	const room = width - labels - 100;
	const sorted = [...bars].sort((a, b) =>
		better === 'more' ? b.value - a.value : a.value - b.value,
	);
	const drawn = sorted.map(({name, value}, index) => {
		const y = top + 22 + index * (barHeight + gap);
		const length = Math.max(1, (value / most) * room).toFixed(1);
		const look = name === 'Followthrough' ? 'own' : 'bar';
		return [
			`<text x="${labels - 8}" y="${y + 13}" text-anchor="end">${escaped(name)}</text>`,
			`<rect class="${look}" x="${labels}" y="${y}" width="${length}" height="${barHeight}" rx="2"/>`,
			`<text x="${labels + Number(length) + 6}" y="${y + 13}">${shown(value)}</text>`,
		].join('\n');
	});
	const hint = better === 'more' ? 'longer is better' : 'shorter is better';
	return [
		`<text class="title" x="16" y="${top + 10}">${escaped(title)} (${hint})</text>`,
		...drawn,
	].join('\n');
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
