/** A client of a users API, as an application might have one: it follows redirects as fetch does. */
export class UsersClient {
	readonly #base: string;
	readonly #region: string;

	/** @param base such as `https://api.example.test/api/v1` */
	constructor(base: string, region = 'eu') {
		this.#base = base;
		this.#region = region;
	}

	/** @throws Error when the API did not create the user */
	async create(user: {name: string}): Promise<void> {
		const response = await fetch(`${this.#base}/users`, {
			method: 'POST',
			headers: {
				'Content-Type': 'application/json',
				'Idempotency-Key': crypto.randomUUID(),
				'X-Region': this.#region,
			},
			body: JSON.stringify(user),
		});
		if (!response.ok) throw new Error(`${user.name} was not created: ${response.status}`);
	}
}
