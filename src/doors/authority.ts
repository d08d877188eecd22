import {join} from 'node:path';
import {FollowthroughError} from '../errors.ts';
import {TemporaryFolder, writeTemporaryFile} from '../journal/temporary-folder.ts';
import {certificateName} from './certificate-name.ts';
import type {CertificateMaker} from './certificates.ts';

/** What a TLS server of one host needs; `node:tls` takes it as it is. */
export interface Leaf {
	/** The private key, PKCS #8 in PEM. All leaves of one authority have the same. */
	readonly key: string;
	/** The host's certificate and behind it the CA's, in PEM. */
	readonly cert: string;
}

/**
 * Makes a CA of its own for one double, with a new key and a new name. What only this needs, such as
 * `@peculiar/x509`, is loaded when it is called first.
 *
 * @param reachedBy the host names and addresses by which clients reach this machine, beside loopback;
 *   IPv6 ones without brackets
 */
export async function createAuthority(reachedBy: readonly string[] = []): Promise<Authority> {
	const {createCertificateMaker} = await import('./certificates.ts');
	return new Authority(await createCertificateMaker(reachedBy));
}

/** The CA of one double, in memory. Keys are never written anywhere, the certificate when asked for. */
export class Authority {
	/** The CA's certificate, in PEM: what a client is to trust. */
	readonly pem: string;

	readonly #maker: CertificateMaker;
	readonly #leaves = new Map<string, Promise<Leaf>>();
	readonly #folder = new TemporaryFolder();
	#file: Promise<string> | undefined;
	#closed = false;

	constructor(maker: CertificateMaker) {
		this.#maker = maker;
		this.pem = maker.ca;
	}

	/**
	 * The leaf of a host, made when it is first asked for and kept. It is valid for the host, and for
	 * `localhost`, `127.0.0.1`, `::1` and whatever else this machine is reached by; for no other host of the scenario, since an HTTP/2 client
	 * could then send requests for both on one connection (RFC 9113, 9.1.1), as it could not on the
	 * real network.
	 *
	 * @param host as documented, without its port: a name, `*.example.test`, or an IP address, with
	 *   brackets or without
	 * @throws FollowthroughError ORIGIN_UNKNOWN when it is no host
	 */
	async leafFor(host: string): Promise<Leaf> {
		const name = certificateName(host);
		const known = this.#leaves.get(name);
		if (known) return known;
		const leaf = this.#makeLeaf(name).catch(error => {
			this.#leaves.delete(name);
			throw error;
		});
		this.#leaves.set(name, leaf);
		return leaf;
	}

	async #makeLeaf(name: string): Promise<Leaf> {
		const certificate = await this.#maker.make(name);
		return Object.freeze({key: this.#maker.key, cert: `${certificate}${this.pem}`});
	}

	/**
	 * Writes the CA's certificate to a temporary file, once, that only this user may read. It is gone
	 * after `close`, or when the process ends.
	 *
	 * @returns its absolute path
	 * @throws FollowthroughError DOUBLE_CLOSED after `close`, FOLDER_UNWRITABLE
	 */
	async file(): Promise<string> {
		if (this.#closed)
			throw new FollowthroughError(
				'DOUBLE_CLOSED',
				"The double is closed, and its CA's file is gone; ask for the file before close().",
			);
		this.#file ??= this.#write().catch(error => {
			// A full disk may have room when it is asked for again.
			this.#file = undefined;
			throw error;
		});
		return this.#file;
	}

	async #write(): Promise<string> {
		const path = join(await this.#folder.path(), 'followthrough-ca.pem');
		await writeTemporaryFile(path, this.pem);
		return path;
	}

	/** Removes the file, if there is one. */
	async close(): Promise<void> {
		this.#closed = true;
		// One that is being written would be left behind, or could not be written; whoever asked is told.
		await this.#file?.catch(() => undefined);
		await this.#folder.remove();
	}
}
