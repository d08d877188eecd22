import {scenarioSchema} from './schema.ts';

/** The text of `scenario.schema.json`, which editors read: the schema as JSON, with a final newline. */
export function schemaFileText(): string {
	return `${JSON.stringify(scenarioSchema, null, '\t')}\n`;
}
