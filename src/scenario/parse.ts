import {ScenarioError} from '../errors.ts';
import {type JsonText, readJsonText} from './json-text.ts';
import {type Positions, positionAt} from './positions.ts';
import {readYamlText} from './yaml-text.ts';

/** The data of a scenario file before anything is known of its shape, with its places in the text. */
export interface ParsedText {
	readonly data: unknown;
	readonly positions: Positions;
}

/**
 * Reads the text of a scenario file: JSON when the file's name ends in `.json`, otherwise YAML 1.2.
 * Throws a ScenarioError with line and column for a syntax fault, a name that stands twice, several
 * documents, or nothing at all.
 */
export async function parseScenarioText(text: string, file: string): Promise<ParsedText> {
	const plain = text.replace(/^\ufeff/, '');
	return file.endsWith('.json') ? parseJson(plain, file) : parseYaml(plain, file);
}

function parseJson(text: string, file: string): ParsedText {
	if (text.trim() === '') throw new ScenarioError(file, [emptyJson]);
	const read = readJsonText(text);
	if (!('places' in read)) throw new ScenarioError(file, [{path: '', ...read}]);
	const positions = positionsIn(read, text);
	const twice = read.duplicates.map(({path, name}) => ({
		path,
		message: `"${name}" stands twice in the same object`,
		...positions.find(path, true),
	}));
	if (twice.length > 0) throw new ScenarioError(file, twice);
	return {data: read.data, positions};
}

const emptyJson = {
	path: '',
	line: 1,
	column: 1,
	message: 'the file is empty: expected a scenario with at least "name" and "routes"',
};

function positionsIn({places}: JsonText, text: string): Positions {
	return {
		find(pointer, atName) {
			const place = places.get(pointer);
			if (place !== undefined)
				return positionAt(text, (atName ? place.name : undefined) ?? place.value);
			return this.find(pointer.slice(0, pointer.lastIndexOf('/')), false);
		},
	};
}

async function parseYaml(text: string, file: string): Promise<ParsedText> {
	const read = await readYamlText(text);
	if (Array.isArray(read)) throw new ScenarioError(file, read);
	return read;
}
