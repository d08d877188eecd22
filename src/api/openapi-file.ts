import {openApiDocument} from './openapi.ts';
import {operations} from './resources/index.ts';
import {versionOfPackage} from './version.ts';

/** The text of `openapi.json`, which is shipped: what the server gives as `/openapi.json`. */
export function openApiFileText(): string {
	return `${JSON.stringify(openApiDocument(operations, versionOfPackage()), null, '\t')}\n`;
}
