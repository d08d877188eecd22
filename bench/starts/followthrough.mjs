import {measure} from './first-307.mjs';

const origin = 'http://api.example.test';

await measure(
	() => import('../../dist/index.js'),
	async ({startDouble}) => {
		const double = await startDouble({
			name: 'users-move',
			routes: [
				{
					request: `POST ${origin}/api/v1/users`,
					response: {status: 307, headers: {Location: '/api/v2/users'}},
				},
				{request: `POST ${origin}/api/v2/users`, response: {status: 201, json: {id: 123}}},
			],
		});
		return {origin: double.url, close: () => double.close()};
	},
);
