/** The two requests that every contestant answers. */

/** The path that is redirected. */
export const firstPath = '/api/v1/users';
/** Where it leads, as the Location has it. */
export const secondPath = '/api/v2/users';
/** What the second path answers with 201. */
export const createdBody = '{"id":123}';

/** Size of a request's body, in bytes. */
export const bodySize = 200;

/** A body of 200 bytes of JSON. Those of the same number are equal. */
export function bodyOf(number: number): string {
	const beginning = `{"call":"${String(number).padStart(12, '0')}","name":"Ada Lovelace","email":"ada@example.test","note":"`;
	return `${beginning}${'x'.repeat(bodySize - beginning.length - 2)}"}`;
}

/** The task as a scenario of Followthrough. */
export const scenario = {
	name: 'users-move',
	routes: [
		{
			request: `POST http://api.example.test${firstPath}`,
			response: {status: 307, headers: {Location: secondPath}},
		},
		{
			request: `POST http://api.example.test${secondPath}`,
			response: {status: 201, json: {id: 123}},
		},
	],
} as const;
