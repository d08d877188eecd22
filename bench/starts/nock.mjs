import {measure} from './first-307.mjs';

const origin = 'http://api.example.test';

await measure(
	async () => (await import('nock')).default,
	async nock => {
		nock(origin).post('/api/v1/users').reply(307, '', {Location: '/api/v2/users'});
		nock(origin).post('/api/v2/users').reply(201, {id: 123});
		return {origin, close: () => nock.cleanAll()};
	},
);
