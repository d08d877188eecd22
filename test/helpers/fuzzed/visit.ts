import type {Socket} from 'node:net';
import fc from 'fast-check';
import {resetConnection} from '../../../src/app/break-off.ts';
import type {Bytes} from './bytes.ts';

/** What a client does on one connection. */
export interface Visit {
	readonly bytes: Bytes;
	/** Where the bytes are split into packets, in thousandths of their size. */
	readonly splits: readonly number[];
	/** Whether it reads what comes. */
	readonly reads: boolean;
	/** How it leaves; one that lingers stays until all others of its batch are through. */
	readonly leaves: 'end' | 'destroy' | 'reset' | 'linger';
}

/** Connections on which these bytes are sent. */
export function visitWith(bytes: fc.Arbitrary<Bytes>): fc.Arbitrary<Visit> {
	return fc.record({
		bytes,
		splits: fc.array(fc.nat(1000), {maxLength: 3}),
		reads: fc.oneof({arbitrary: fc.constant(true), weight: 4}, fc.constant(false)),
		leaves: fc.constantFrom('end', 'destroy', 'reset', 'linger'),
	});
}

/** Sends the bytes and leaves; resolves when the connection has closed, or is to linger. */
export async function pay(
	{bytes: {bytes}, splits, reads, leaves}: Visit,
	socket: Socket,
): Promise<void> {
	socket.on('error', () => {});
	const closed = new Promise<void>(resolve => {
		if (socket.closed) resolve();
		socket.once('close', () => resolve());
	});
	if (reads) socket.resume();
	else socket.pause();
	let from = 0;
	const places = splits.map(part => Math.floor((part * bytes.length) / 1000)).sort((a, b) => a - b);
	for (const place of [...places, bytes.length]) {
		if (place > from) await write(socket, bytes.subarray(from, place));
		from = Math.max(from, place);
		await new Promise(resolve => setImmediate(resolve));
	}
	if (leaves === 'linger') return;
	if (leaves === 'reset') resetConnection(socket);
	else if (leaves === 'destroy') socket.destroy();
	else {
		socket.end();
		// A tunnel that was asked for, or a body that never ends, is not ended by the other side.
		setTimeout(() => socket.destroy(), 20);
	}
	await closed;
}

/** Resolves when the bytes are with the system, or never can be. */
function write(socket: Socket, bytes: Buffer): Promise<void> {
	return new Promise(resolve => {
		if (socket.destroyed) return resolve();
		socket.once('close', resolve);
		socket.write(bytes, () => {
			socket.off('close', resolve);
			resolve();
		});
		// A double that does not read is not waited for.
		setTimeout(resolve, 50).unref();
	});
}
