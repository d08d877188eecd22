import {isAbsolute, relative, sep} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {RoutePlace} from '../scenario/route-places.ts';

/** The location of a route: its place in the file, if it came from one, and its name in the scenario. */
export function locationIn({label, scenario, pointer, path, position}: RoutePlace): object {
	const logicalLocations = [
		{name: label, fullyQualifiedName: `${scenario}${pointer}`, kind: 'object'},
	];
	if (path === undefined) return {logicalLocations};
	const region = position && {
		region: {startLine: position.line, startColumn: position.column},
	};
	return {
		physicalLocation: {artifactLocation: {uri: uriOf(path)}, ...region},
		logicalLocations,
	};
}

/** Relative to the working directory, which is that of the project; where it lies elsewhere, a file URL. */
function uriOf(path: string): string {
	const way = relative(process.cwd(), path);
	if (way.startsWith('..') || isAbsolute(way)) return pathToFileURL(path).href;
	return way.split(sep).map(encodeURIComponent).join('/');
}
