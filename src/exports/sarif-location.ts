import {basename, isAbsolute, relative, sep} from 'node:path';
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

/**
 * Relative to the working directory, which is that of the project. Of a file that lies elsewhere the name
 * alone: where it is on this machine is nothing to those who read the export.
 */
function uriOf(path: string): string {
	const way = relative(process.cwd(), path);
	const isElsewhere = way.split(sep)[0] === '..' || isAbsolute(way);
	if (isElsewhere) return encodeURIComponent(basename(path));
	return way.split(sep).map(encodeURIComponent).join('/');
}
