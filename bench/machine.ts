import {execFileSync} from 'node:child_process';
import {cpus, loadavg, release, type as system, totalmem} from 'node:os';

/** What the figures were taken on, in lines. */
export function machine(): string[] {
	const [cpu] = cpus();
	const gibibytes = totalmem() / 1024 ** 3;
	return [
		`${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${gibibytes.toFixed(0)} GiB`,
		`${system()} ${release()}, Node.js ${process.versions.node}${java()}`,
		`load average at the start: ${loadavg()
			.map(load => load.toFixed(1))
			.join(', ')}`,
	];
}

function java(): string {
	try {
		const told = execFileSync('java', ['--version'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		return `, ${told.split('\n')[0] ?? 'Java'}`;
	} catch {
		return ', no Java';
	}
}
