import test from 'ava';
import {formatSummary, Tally} from '../../src/cli/tally.ts';
import {buildExchange} from '../helpers/build-hop.ts';

const nothing = {ofExchange: [], ofRedirect: [], ofChain: [], suspicions: []};

function tallyOf(count: number, states: readonly ('declined' | 'waiting')[] = []): Tally {
	const tally = new Tally();
	for (let number = 1; number <= count; number++) {
		const location = '/elsewhere';
		const request = {request: 'GET https://api.example.test/x'};
		const exchange = buildExchange(number, request, {status: number === 1 ? 307 : 200, location});
		tally.add({scenario: 'any', exchange, ...nothing});
	}
	tally.end(states.map(state => ({state})));
	return tally;
}

test('one double is told in a line', t => {
	t.is(
		formatSummary([['api-move', tallyOf(1)]]),
		'Stopped: 1 exchange, 1 redirect (0 followed), rules broken 0 times.',
	);
	t.is(formatSummary([]), 'Stopped: 0 exchanges, 0 redirects (0 followed), rules broken 0 times.');
});

test('of several, those to which something came are told, and all together', t => {
	t.is(
		formatSummary([
			['one', tallyOf(2, ['declined'])],
			['two', tallyOf(0)],
			['three', tallyOf(1, ['waiting'])],
		]),
		[
			'  one: 2 exchanges, 1 redirect (0 followed, 1 declined), rules broken 0 times',
			'  three: 1 exchange, 1 redirect (0 followed, 1 waiting), rules broken 0 times',
			'Stopped: 3 exchanges, 2 redirects (0 followed, 1 declined, 1 waiting), rules broken 0 times.',
		].join('\n'),
	);
});

test('those that were closed before are told in one line', t => {
	const closed = {doubles: 2, tally: tallyOf(2, ['declined'])};
	t.is(
		formatSummary([['one', tallyOf(1, ['waiting'])]], closed),
		[
			'  one: 1 exchange, 1 redirect (0 followed, 1 waiting), rules broken 0 times',
			'  2 doubles closed before: 2 exchanges, 1 redirect (0 followed, 1 declined), rules broken 0 times',
			'Stopped: 3 exchanges, 2 redirects (0 followed, 1 declined, 1 waiting), rules broken 0 times.',
		].join('\n'),
	);
	t.is(
		formatSummary([], {...closed, doubles: 1}),
		'Stopped: 2 exchanges, 1 redirect (0 followed, 1 declined), rules broken 0 times.',
	);
});
