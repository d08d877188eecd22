/** Throws where nobody can catch it, when it is asked to. */
export async function send({method}) {
	if (method !== 'CRASH') return 204;
	setTimeout(() => {
		throw new Error('nobody caught me');
	});
	return new Promise(() => {});
}
