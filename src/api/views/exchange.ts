import type {FromSchema} from 'json-schema-to-ts';
import type {ConnectionFacts, Exchange} from '../../journal/exchange.ts';
import {requestSchema, requestView} from './request.ts';
import {interimSchema, interimView, responseSchema, responseView} from './response.ts';
import {type Secrets, urlView, wireTextSchema} from './wire-text.ts';

const missSchema = {
	type: 'object',
	description:
		'Why no route of the scenario answered, safe to print: bytes are escaped, secrets always masked.',
	properties: {
		nearest: {type: 'string', description: 'The route that came nearest; absent for none.'},
		reasons: {type: 'array', items: {type: 'string'}, description: 'Why it did not match.'},
		likely: {type: 'array', items: {type: 'string'}, description: 'What probably went wrong.'},
	},
	required: ['reasons', 'likely'],
	additionalProperties: false,
} as const;

const tlsSchema = {
	type: 'object',
	description: 'How the connection is secured; absent for a plain one.',
	properties: {
		protocol: {type: 'string', description: 'Such as TLSv1.3.'},
		cipher: {type: 'string', description: "The cipher suite's standard name."},
		alpn: {type: 'string', description: 'What ALPN settled on; absent when nothing was offered.'},
		serverName: {...wireTextSchema, description: 'The host name asked for (SNI); absent for none.'},
	},
	required: ['protocol', 'cipher'],
	additionalProperties: false,
} as const;

const connectionSchema = {
	type: 'object',
	description: 'The connection that the request came on.',
	properties: {
		number: {type: 'integer', minimum: 1, description: 'Its place among the connections, from 1.'},
		exchange: {type: 'integer', minimum: 1, description: 'The place on that connection, from 1.'},
		peer: {type: 'string', description: "The client's address, such as 127.0.0.1:50312."},
		door: {enum: ['listener', 'proxy'], description: 'The way in.'},
		tunnel: {...wireTextSchema, description: 'What a CONNECT named; absent for no tunnel.'},
		tls: tlsSchema,
	},
	required: ['number', 'exchange', 'peer', 'door'],
	additionalProperties: false,
} as const;

export const exchangeSchema = {
	title: 'Exchange',
	type: 'object',
	description:
		'One request and the response that the double gave it. What is absent is left out. Once sealed, it never changes.',
	properties: {
		number: {type: 'integer', minimum: 1, description: 'Its place in the journal, from 1.'},
		sealed: {type: 'boolean', description: 'Whether it is complete and final.'},
		request: requestSchema,
		interim: {
			type: 'array',
			items: interimSchema,
			description: 'What was sent before the response; absent for nothing.',
		},
		response: responseSchema,
		miss: missSchema,
		connection: connectionSchema,
	},
	required: ['number', 'sealed', 'request', 'connection'],
	additionalProperties: false,
} as const;

/** An exchange as plain JSON data. */
export type ExchangeView = FromSchema<typeof exchangeSchema>;

/**
 * An exchange as it is now, as plain JSON data.
 *
 * @param secrets `masked`: credentials in header fields and URLs are `***`
 */
export function exchangeView(exchange: Exchange, secrets: Secrets): ExchangeView {
	const {number, sealed, request, interim, response, miss, connection} = exchange;
	return {
		number,
		sealed,
		request: requestView(request, secrets),
		...(interim && {interim: interim.map(each => interimView(each, secrets))}),
		...(response && {response: responseView(response, secrets)}),
		...(miss && {miss: {...miss, reasons: [...miss.reasons], likely: [...miss.likely]}}),
		connection: connectionView(connection, secrets),
	};
}

function connectionView(facts: ConnectionFacts, secrets: Secrets) {
	const {number, exchange, peer, door, tunnel, tls} = facts;
	return {
		number,
		exchange,
		peer,
		door,
		...(tunnel !== undefined && {tunnel: urlView(tunnel, secrets)}),
		...(tls && {tls: {...tls}}),
	};
}
