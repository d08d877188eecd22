/** The app of bare Koa, as contestants/bare-koa.ts has it. */
export function koaApp(Koa, Router, got) {
	const app = new Koa();
	const router = new Router();
	app.use(async (ctx, next) => {
		const body = await bodyOf(ctx.req);
		const {method, url, headers} = ctx;
		got.push({method, url, headers, body});
		await next();
	});
	router.post('/api/v1/users', ctx => {
		ctx.status = 307;
		ctx.set('Location', '/api/v2/users');
		ctx.body = '';
	});
	router.post('/api/v2/users', ctx => {
		ctx.status = 201;
		ctx.body = {id: 123};
	});
	return app.use(router.routes());
}

function bodyOf(request) {
	return new Promise((resolve, reject) => {
		const pieces = [];
		request.on('data', piece => pieces.push(piece));
		request.on('end', () => resolve(Buffer.concat(pieces)));
		request.on('error', reject);
	});
}
