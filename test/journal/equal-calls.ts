import test from 'ava';
import fc from 'fast-check';
import {SimulatedDouble, type SimulatedRequest} from '../helpers/simulated-traffic.ts';

const from = 'https://api.example.test/v1/users';
const to = 'https://api.example.test/v2/users';

function post(url: string, connection: number): SimulatedRequest {
	return {method: 'POST', url, headers: [['User-Agent', 'equal']], connection};
}

function send(double: SimulatedDouble, url: string, connection: number): void {
	double.end(double.begin(post(url, connection)), 'the same');
}

function waiting(double: SimulatedDouble): number {
	return double.records.hops.hops().filter(({state}) => state === 'waiting').length;
}

test('a follow-up on another connection keeps its redirect when it can have no other', t => {
	const double = new SimulatedDouble(new Map([[from, to]]));
	send(double, from, 2);
	send(double, to, 1);
	send(double, from, 3);
	send(double, to, 2);
	t.is(waiting(double), 0);
});

test('of equal calls over a pool that all follow, none is left without its follow-up', t => {
	const connection = fc.integer({min: 1, max: 4});
	const step = fc.record({begins: fc.boolean(), connection});
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), steps => {
			const double = new SimulatedDouble(new Map([[from, to]]));
			let open = 0;
			for (const {begins, connection} of steps) {
				if (!begins && open === 0) continue;
				send(double, begins ? from : to, connection);
				open += begins ? 1 : -1;
			}
			t.is(waiting(double), open);
		}),
	);
});
