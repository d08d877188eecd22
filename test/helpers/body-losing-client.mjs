/** Follows one redirect, and leaves the body behind. */
export async function send({method, url, fields: headers, body}) {
	const first = await fetch(url, {method, headers, body, redirect: 'manual'});
	const target = new URL(first.headers.get('Location'), url);
	const second = await fetch(target, {method, headers});
	return second.status;
}
