import {headerLines} from '../compile-response.ts';
import type {LoadedScenario} from '../loaded.ts';
import {didYouMean} from '../near-name.ts';
import type {Fault} from '../positions.ts';
import {readRequest} from '../requests-of.ts';
import {responsesOf} from '../responses-of.ts';
import {identifier} from '../template.ts';

const placeholderSegment = new RegExp(`(?<!/)/:(${identifier})`, 'gu');

/** A segment of a Location that looks like a placeholder is a parameter of the route's path. */
export function checkPlaceholders({scenario}: LoadedScenario): Fault[] {
	return scenario.routes.flatMap((route, index) => {
		const line = readRequest(route.request);
		if ('faults' in line) return [];
		const names = line.parameters.map(({name}) => name);
		return responsesOf(route, index).flatMap(({response, path}) =>
			headerLines(response.headers)
				.filter(([name]) => name.toLowerCase() === 'location')
				.flatMap(([name, value]) => unknownNames(value, names, `${path}/headers/${name}`)),
		);
	});
}

function unknownNames(location: string, names: readonly string[], path: string): Fault[] {
	const segments = location.matchAll(placeholderSegment);
	return [...segments].flatMap(([, name = '']) => {
		if (names.includes(name)) return [];
		const known = names.length === 0 ? 'none' : names.join(', ');
		const near = didYouMean(name, names) || '; write "\\:" for a colon';
		const message = `":${name}" is no parameter of the route's path (its parameters: ${known})${near}`;
		return [{path, message}];
	});
}
