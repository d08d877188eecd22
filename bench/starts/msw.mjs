import {measure} from './first-307.mjs';

const origin = 'http://api.example.test';

await measure(
	async () => {
		const [{http, HttpResponse}, {setupServer}] = await Promise.all([
			import('msw'),
			import('msw/node'),
		]);
		return {http, HttpResponse, setupServer};
	},
	async ({http, HttpResponse, setupServer}) => {
		const redirect = () =>
			new HttpResponse(null, {status: 307, headers: {Location: '/api/v2/users'}});
		const server = setupServer(
			http.post(`${origin}/api/v1/users`, redirect),
			http.post(`${origin}/api/v2/users`, () => HttpResponse.json({id: 123}, {status: 201})),
		);
		server.listen();
		return {origin, close: () => server.close()};
	},
);
