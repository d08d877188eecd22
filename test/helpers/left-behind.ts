import {randomUUID} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';

/** A variable by which processes are found again: what is started inherits it. */
export interface Mark {
	readonly env: Readonly<Record<string, string>>;
	/**
	 * The command lines of the processes that have the variable, once those that were killed are gone.
	 * With a process its listeners and groups are gone. Empty where the system has no /proc.
	 */
	leftBehind(): Promise<string[]>;
}

export function markProcesses(): Mark {
	const [name, value] = ['FOLLOWTHROUGH_TEST_MARK', randomUUID()];
	return {env: {[name]: value}, leftBehind: () => leftBehind(`${name}=${value}`)};
}

/** How often is looked, as a process that was killed may take a moment to go. */
const looks = 40;

async function leftBehind(variable: string): Promise<string[]> {
	for (let look = 1; ; look++) {
		const left = await processesWith(variable);
		if (left.length === 0 || look === looks) return left;
		await wait(50);
	}
}

async function processesWith(variable: string): Promise<string[]> {
	const ids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
	const lines = await Promise.all(
		ids.map(async id => {
			// One that has ended meanwhile, or another user's, has nothing to read.
			const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '');
			if (!environment.split('\0').includes(variable)) return [];
			const line = await readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '');
			return [`${id} ${line.replaceAll('\0', ' ').trim()}`];
		}),
	);
	return lines.flat();
}
