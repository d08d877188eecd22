import {hash} from 'node:crypto';
import type {Exchange} from '../../../src/index.ts';
import type {Piece} from './wire-tap.ts';

/**
 * What went over the wire as text that a person can check: each line with its end, `>` from the client
 * and `<` from the double. What differs from run to run is left out or named anew: ports and dates.
 *
 * @param exchanges those that it is about, on whose connections the bytes went
 */
export function transcriptOf(pieces: readonly Piece[], exchanges: readonly Exchange[]): string {
	const numbers = new Map<string, number>();
	const origins = new Map<string, string>();
	for (const {connection, request} of exchanges) {
		if (!numbers.has(connection.peer)) numbers.set(connection.peer, numbers.size + 1);
		origins.set(connection.peer, request.origin);
	}
	const own = joined(pieces.filter(({peer}) => numbers.has(peer)));
	const ports = new Ports(own);
	let current = '';
	const blocks = own.map(piece => {
		const {peer, port, from} = piece;
		const label =
			peer === current
				? []
				: [`connection ${numbers.get(peer)}, to ${origins.get(peer)} (${ports.nameOf(port)})`];
		current = peer;
		const mark = from === 'client' ? '>' : '<';
		const lines = linesOf(piece.bytes).map(line => `${mark} ${ports.rename(line)}`);
		return [...label, ...lines];
	});
	return withoutMiddle(blocks).flat().join('\n');
}

/** Pieces in the same direction that came one after another, as one: how bytes are cut up is chance. */
function joined(pieces: readonly Piece[]): Piece[] {
	const blocks: Piece[] = [];
	for (const piece of pieces) {
		const last = blocks.at(-1);
		if (last?.peer === piece.peer && last.from === piece.from)
			blocks[blocks.length - 1] = {...last, bytes: Buffer.concat([last.bytes, piece.bytes])};
		else blocks.push(piece);
	}
	return blocks;
}

/** How many bytes behind a head are shown, and of how many lines of a long exchange. */
const shownBytes = 600;
const shownBlocks = 14;

function linesOf(bytes: Buffer): string[] {
	const end = bytes.indexOf('\r\n\r\n');
	const headSize = end === -1 ? 0 : end + 4;
	const rest = bytes.subarray(headSize);
	const shown = rest.length > shownBytes ? rest.subarray(0, 100) : rest;
	const lines = [...split(bytes.subarray(0, headSize)), ...split(shown)];
	if (shown === rest) return lines;
	const digest = hash('sha256', rest, 'hex');
	return [...lines, `(${rest.length} bytes in all behind the head, SHA-256 ${digest})`];
}

function split(bytes: Buffer): string[] {
	if (bytes.length === 0) return [];
	return bytes
		.toString('latin1')
		.replace(/^Date: .*\r$/gim, 'Date: …\r')
		.split(/(?<=\n)/)
		.map(escaped);
}

/** Each byte that is no printable character of ASCII as `\r`, `\n`, `\t` or `\x` and two digits. */
function escaped(line: string): string {
	return line.replace(/[^\x20-\x7e…]/g, character => {
		const short = {'\r': '\\r', '\n': '\\n', '\t': '\\t'}[character];
		return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
	});
}

const local = /127\.0\.0\.1:(\d+)/g;

/** Whether a port is one that a system gives away; lower ones are the scenario's own words. */
function isGivenAway(port: string): boolean {
	return Number(port) >= 32_768;
}

/** Words about what was seen, without the ports that are others in each run. */
export function withoutPorts(words: string): string {
	return words.replace(local, (address, port) => (isGivenAway(port) ? '127.0.0.1:…' : address));
}

/** Local ports by other names, in the order in which they turn up. */
class Ports {
	readonly #names = new Map<string, string>();

	constructor(pieces: readonly Piece[]) {
		for (const {port} of pieces) this.nameOf(port);
	}

	nameOf(port: number | string): string {
		const known = this.#names.get(String(port));
		if (known !== undefined) return known;
		const name = `127.0.0.1:${8001 + this.#names.size}`;
		this.#names.set(String(port), name);
		return name;
	}

	rename(line: string): string {
		return line.replace(local, (address, port) =>
			isGivenAway(port) ? this.nameOf(port) : address,
		);
	}
}

function withoutMiddle(blocks: readonly (readonly string[])[]): (readonly string[])[] {
	if (blocks.length <= shownBlocks) return [...blocks];
	const half = shownBlocks / 2;
	const leftOut = blocks.length - shownBlocks;
	return [
		...blocks.slice(0, half),
		[`(${leftOut} more pieces like these are left out)`],
		...blocks.slice(-half),
	];
}
