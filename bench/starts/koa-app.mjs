/**
 * What a project writes for itself: Koa and @koa/router, which push what they got into an array. The
 * packages are handed in, so that a start can time their import.
 */
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

/** By events, which cost half of what an async iterator does: this is to be no easy prey. */
function bodyOf(request) {
	return new Promise((resolve, reject) => {
		const pieces = [];
		request.on('data', piece => pieces.push(piece));
		request.on('end', () => resolve(Buffer.concat(pieces)));
		request.on('error', reject);
	});
}
