import type {ExportFormat} from '../exports/formats.ts';
import {type ApiAccess, askApi, jsonOf, memberOf, problemWords} from './api-client.ts';
import {exitCodes} from './exit-codes.ts';
import {assertFolderOf, writeOutput} from './output-file.ts';
import {Refusal} from './refusal.ts';

export interface ExportCommandOptions {
	readonly format: ExportFormat;
	/** Where the API is; what FOLLOWTHROUGH_URL says, or the default port of this machine, unless told. */
	readonly from?: string;
	/** A file to write to; stdout unless told. */
	readonly output?: string;
	readonly showSecrets?: boolean;
}

/** Where `serve` opens its API unless told. */
const usual = 'http://127.0.0.1:3070';

/**
 * Prints, or writes to a file, what a double of a running `serve` has seen.
 *
 * @param double its id; may be left out where there is one
 * @throws Refusal
 */
export async function exportFrom(
	double: string | undefined,
	{format, from, output, showSecrets = false}: ExportCommandOptions,
): Promise<number> {
	if (output !== undefined) assertFolderOf(output);
	const access = accessOf(from, process.env);
	const id = chosen(double, await doublesOf(access), access);
	const secrets = showSecrets ? '?secrets=shown' : '';
	const path = `v1/doubles/${encodeURIComponent(id)}/exports/${format}${secrets}`;
	const answer = await askApi(access, path);
	if (answer.status !== 200) throw new Refusal(problemWords(answer, access.url));
	if (output === undefined) process.stdout.write(answer.text);
	else await writeOutput(output, answer.text);
	return exitCodes.done;
}

/** An empty variable is one that is not set. */
function accessOf(from: string | undefined, env: NodeJS.ProcessEnv): ApiAccess {
	const url = from ?? (env['FOLLOWTHROUGH_URL'] || usual);
	const isUrl = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
	if (isUrl) return {url: url.replace(/\/+$/, ''), token: env['FOLLOWTHROUGH_TOKEN'] || undefined};
	const where = from === undefined ? 'The variable FOLLOWTHROUGH_URL' : 'The option --from';
	throw new Refusal(`${where} is "${url}"; expected the URL of an API, such as ${usual}.`);
}

function chosen(double: string | undefined, ids: readonly string[], {url}: ApiAccess): string {
	const [id, ...others] = ids;
	if (id === undefined) throw new Refusal(`The API at ${url} has no doubles.`);
	const all = `There ${others.length === 0 ? 'is' : 'are'}: ${ids.join(', ')}.`;
	if (double !== undefined && !ids.includes(double))
		throw new Refusal(`There is no double "${double}". ${all}`);
	if (double === undefined && others.length > 0)
		throw new Refusal(`There are several doubles; name one. ${all}`);
	return double ?? id;
}

async function doublesOf(access: ApiAccess): Promise<string[]> {
	const doubles = memberOf(jsonOf(await askApi(access, 'v1/doubles'), access), 'doubles');
	if (!Array.isArray(doubles)) return [];
	return doubles.map(each => String(memberOf(each, 'id')));
}
