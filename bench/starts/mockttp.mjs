import {measure} from './first-307.mjs';

await measure(
	async () => (await import('mockttp')).default,
	async ({getLocal}) => {
		const server = getLocal();
		await server.start();
		const location = {Location: '/api/v2/users'};
		await server.forPost('/api/v1/users').thenReply(307, '', location);
		await server.forPost('/api/v2/users').thenReply(201, '{"id":123}');
		return {origin: `http://127.0.0.1:${server.port}`, close: () => server.stop()};
	},
);
