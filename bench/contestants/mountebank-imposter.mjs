// Plain JavaScript, since what is started once, in starts/, must not pay for types.

/** @param {number} port */
export function mountebankOptions(port) {
	const transports = {console: {colorize: false, format: '%message'}};
	return {port, host: '127.0.0.1', localOnly: true, log: {level: 'error', transports}};
}

/** It would close each connection, unless told. @param {number} port */
export function imposter(port) {
	return {
		port,
		host: '127.0.0.1',
		protocol: 'http',
		recordRequests: true,
		stubs: [
			stub('/api/v1/users', 307, {Location: '/api/v2/users', 'Content-Length': 0}, ''),
			stub('/api/v2/users', 201, {'Content-Type': 'application/json'}, '{"id":123}'),
		],
	};
}

function stub(path, statusCode, headers, body) {
	return {
		predicates: [{equals: {method: 'POST', path}}],
		responses: [{is: {statusCode, headers: {Connection: 'keep-alive', ...headers}, body}}],
	};
}
