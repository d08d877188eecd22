import test from 'ava';
import {chainsOf, mayGoOn} from '../../src/journal/chains.ts';
import {buildChain, buildExchange, hopOf} from '../helpers/build-hop.ts';

const api = 'https://api.example.test';

test('hops that follow one another make one chain, the open end included', t => {
	const chains = chainsOf(buildChain([`${api}/1`, `${api}/2`, `${api}/3`], 'waiting'));
	t.deepEqual(
		chains.map(({hops}) => hops.map(({number}) => number)),
		[[1, 2, 3]],
	);
	t.deepEqual(
		chains.map(({exchanges}) => exchanges.map(({number}) => number)),
		[[1, 2, 3]],
	);
});

test('calls that interleave make chains of their own', t => {
	const redirects = [1, 2].map(number =>
		buildExchange(number, {request: `GET ${api}/1`}, {status: 307, location: '/2'}),
	);
	const hops = redirects.map((redirect, index) =>
		hopOf(index + 1, redirect, buildExchange(index + 3, {request: `GET ${api}/2`}, {status: 200})),
	);
	t.deepEqual(
		chainsOf(hops).map(({exchanges}) => exchanges.map(({number}) => number)),
		[
			[1, 3],
			[2, 4],
		],
	);
});

test('chains that are not wanted are left out, others keep their order', t => {
	const long = buildChain([`${api}/1`, `${api}/2`, `${api}/3`], 'final');
	const redirect = buildExchange(8, {request: `GET ${api}/1`}, {status: 307, location: '/2'});
	const short = hopOf(3, redirect, buildExchange(9, {request: `GET ${api}/2`}, {status: 200}));
	t.deepEqual(
		chainsOf([...long, short], mayGoOn).map(({hops}) => hops),
		[long],
	);
});
