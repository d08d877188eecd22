import {shippedScenarios} from '../scenario/load.ts';
import {paint} from '../verdict/paint.ts';
import {exitCodes} from './exit-codes.ts';
import {wantsColors} from './wants-colors.ts';

/** Prints the shipped scenarios, by name. */
export async function list({json = false}: {readonly json?: boolean}): Promise<number> {
	const {stdout} = process;
	const scenarios = await shippedScenarios();
	const look = {colors: wantsColors(stdout, process.env)};
	const width = Math.max(...scenarios.map(({name}) => name.length));
	const lines = scenarios.map(({name, title}) => {
		const shown = title === name ? '' : `${' '.repeat(width - name.length)}  ${title}`;
		return paint('bold', name, look) + shown;
	});
	stdout.write(json ? `${JSON.stringify(scenarios, null, '\t')}\n` : `${lines.join('\n')}\n`);
	return exitCodes.done;
}
