import {resolve} from 'node:path';

/**
 * The absolute paths of the files that a scenario takes contents from, such as the `file` of a response.
 * Of data that is no scenario, or has faults, whatever may be meant as one.
 *
 * @param folder where the scenario is
 */
export function referredFiles(data: unknown, folder: string): readonly string[] {
	const files = new Set<string>();
	const walk = (value: unknown) => {
		if (typeof value !== 'object' || value === null) return;
		for (const [name, inside] of Object.entries(value)) {
			if (name === 'file' && typeof inside === 'string') files.add(resolve(folder, inside));
			else walk(inside);
		}
	};
	walk(data);
	return [...files];
}
