import {Duplex} from 'node:stream';
import {connect} from 'node:tls';
import fc from 'fast-check';
import {mutated} from './bytes.ts';
import {origin} from './scenario.ts';

/** What a client of TLS sends first, by the protocols that it offers. */
const hellos = await Promise.all(
	[['h2', 'http/1.1'], ['http/1.1'], ['h2'], ['gopher'], []].map(offer => helloOf(offer)),
);

function helloOf(offer: string[]): Promise<Buffer> {
	return new Promise(resolve => {
		const socket = new Duplex({
			read() {},
			write(bytes: Buffer, _encoding, done) {
				resolve(bytes);
				done();
			},
		});
		connect({socket, servername: new URL(origin).hostname, ALPNProtocols: offer}).on(
			'error',
			() => {},
		);
	});
}

const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 48]);

/** TLS records of each kind, with any content (RFC 8446, 5.1). */
const records = fc
	.tuple(fc.constantFrom(20, 21, 22, 23, 24, 0), fc.uint8Array({maxLength: 60}))
	.map(([kind, bytes]) =>
		Buffer.concat([Buffer.from([kind, 3, 3, 0, bytes.length]), Buffer.from(bytes)]),
	);

/** Handshakes that are mutated, broken off, gone on with otherwise, or none at all. */
export const handshakes: fc.Arbitrary<Buffer[]> = fc
	.tuple(
		mutated([...hellos, alert, 'GET /target HTTP/1.1\r\nHost: a\r\n\r\n', 'SSH-2.0-x\r\n', '']),
		fc.array(fc.oneof(records, mutated([...hellos, alert])), {maxLength: 3}),
	)
	.map(([first, rest]) => [first, ...rest]);
