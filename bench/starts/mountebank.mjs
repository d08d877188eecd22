import {imposter, mountebankOptions} from '../contestants/mountebank-imposter.mjs';
import {measure} from './first-307.mjs';
import {post} from './post.mjs';

let port = 20_000 + Math.floor(Math.random() * 10_000);

await measure(
	async () => (await import('@mbtest/mountebank')).default,
	async ({create}) => {
		const admin = ++port;
		const server = await create(mountebankOptions(admin));
		const at = ++port;
		await post(`http://127.0.0.1:${admin}/imposters`, JSON.stringify(imposter(at)));
		return {
			origin: `http://127.0.0.1:${at}`,
			close: () => new Promise(resolve => server.close(resolve)),
		};
	},
);
