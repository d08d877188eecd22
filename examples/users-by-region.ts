import {defineScenario} from 'followthrough';

/** The API sends a client to the region that it asks for: a handler decides where to. */
export default defineScenario({
	name: 'users-by-region',
	title: 'Users are created in the region of the caller',
	routes: [
		{
			request: 'POST https://api.example.test/api/v1/users',
			response: ctx => {
				const region = ctx.get('X-Region');
				ctx.status = 307;
				ctx.set('Location', `https://api.example.test/regions/${region}/users`);
				ctx.body = '';
			},
		},
		{
			request: 'POST https://api.example.test/regions/:region/users',
			response: {status: 201, json: {region: ':region'}},
		},
	],
});
