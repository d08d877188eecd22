import {packageVersion} from '../package-version.ts';
import {openApiDocument} from './openapi.ts';
import {operations} from './resources/index.ts';

/** The text of `openapi.json`, which is shipped: what the server gives as `/openapi.json`. */
export function openApiFileText(): string {
	return `${JSON.stringify(openApiDocument(operations, packageVersion()), null, '\t')}\n`;
}
