import type {LoadedScenario} from '../loaded.ts';
import {didYouMean} from '../near-name.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {readRequest} from '../requests-of.ts';
import {type PlacedResponse, responsesOf} from '../responses-of.ts';
import {identifier} from '../template.ts';
import {writtenLines} from '../written-headers.ts';

const placeholderSegment = new RegExp(`(?<!/)/:(${identifier})`, 'gu');

/** A segment of a Location that looks like a placeholder is a parameter of the route's path. */
export function checkPlaceholders({scenario}: LoadedScenario): Fault[] {
	return scenario.routes.flatMap((route, index) => {
		const line = readRequest(route);
		if ('faults' in line) return [];
		const names = line.parameters.map(({name}) => name);
		return responsesOf(route, index)
			.flatMap(locationsOf)
			.flatMap(({value, path}) => unknownNames(value, names, path));
	});
}

/** The Locations that are text, decoys in interim responses included. */
function locationsOf({response, path}: PlacedResponse): {value: string; path: string}[] {
	const messages = [
		{headers: response.headers, at: path},
		...(response.interim ?? []).map(({headers}, place) => ({
			headers,
			at: path + pointerTo('interim', place),
		})),
	];
	return messages.flatMap(({headers, at}) =>
		writtenLines(headers).flatMap(({name, value}) =>
			name.toLowerCase() !== 'location' || typeof value === 'object'
				? []
				: [{value: String(value), path: at + pointerTo('headers', name)}],
		),
	);
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
