/**
 * Has so many pieces of work go on at the same time, and the others wait for their turn: what measures
 * time must not have a whole table of tests beside it.
 */
export function inTurns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
	const waiting: (() => void)[] = [];
	let going = 0;
	return async work => {
		if (going === most) await new Promise<void>(resolve => waiting.push(resolve));
		else going++;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) going--;
			else next();
		}
	};
}
