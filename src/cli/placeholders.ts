import type {Double} from '../double.ts';
import type {Command} from './child.ts';

const placeholder = /\{url(?::([^{}]*))?\}/g;

/**
 * A command with its placeholders filled: `{url}` by the local URL of the scenario's first origin, and
 * `{url:https://api.example.test/v1}` by the local form of that documented URL.
 *
 * @throws FollowthroughError ORIGIN_UNKNOWN for a URL of which the scenario knows nothing
 */
export function filledCommand(
	[program, ...parameters]: Command,
	double: Pick<Double, 'url' | 'urlOf'>,
): Command {
	const fill = (word: string) =>
		word.replace(placeholder, (_, documented: string | undefined) =>
			documented === undefined ? double.url : double.urlOf(documented),
		);
	return [fill(program), ...parameters.map(fill)];
}

/**
 * The environment of the command: with the double's proxy and CA. Where the command has placeholders,
 * what goes to the local URLs goes around the proxy, which knows the documented ones alone.
 */
export async function watchedEnvironment(
	inherited: NodeJS.ProcessEnv,
	command: Command,
	double: Pick<Double, 'env'>,
): Promise<NodeJS.ProcessEnv> {
	const isLocal = command.some(word => word.search(placeholder) >= 0);
	const around = isLocal ? {NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1'} : {};
	return {...inherited, ...(await double.env()), ...around};
}
