import {KeyObject, randomBytes, webcrypto} from 'node:crypto';
import {isIP} from 'node:net';
import type {Extension, JsonGeneralName, X509Certificate} from '@peculiar/x509';

type X509 = Awaited<ReturnType<typeof loadX509>>;

/** A new CA, able to make certificates for servers. Its key is in memory only and can't be read. */
export interface CertificateMaker {
	/** The CA's certificate, in PEM. */
	readonly ca: string;
	/** The private key that all its server certificates share, PKCS #8 in PEM. */
	readonly key: string;
	/** Makes a certificate for a name, in PEM. */
	make(name: string): Promise<string>;
}

const keys = {name: 'ECDSA', namedCurve: 'P-256'} as const;
const uses = ['sign', 'verify'] as const;
const day = 24 * 60 * 60 * 1000;

/** The longest common name, in characters (RFC 5280, appendix A.1, ub-common-name). */
const longestCommonName = 64;

/** Names of loopback, where a client is that was given a listener's address. */
const loopback = ['localhost', '127.0.0.1', '::1'];

/**
 * Makes a CA: ECDSA with P-256 and SHA-256, valid from a day ago, for clocks that are behind, and for
 * 30 days, so that one that was trusted by mistake is no danger for long. What it signs ends with it.
 *
 * @param reachedBy the host names and addresses by which clients reach this machine, beside loopback
 */
export async function createCertificateMaker(
	reachedBy: readonly string[],
): Promise<CertificateMaker> {
	const [x509, ca, server] = await Promise.all([
		loadX509(),
		webcrypto.subtle.generateKey(keys, false, uses),
		webcrypto.subtle.generateKey(keys, true, uses),
	]);
	const now = Date.now();
	const common = {
		notBefore: new Date(now - day),
		notAfter: new Date(now + 30 * day),
		signingAlgorithm: {name: 'ECDSA', hash: 'SHA-256'},
	};
	const authority = await x509.X509CertificateGenerator.createSelfSigned({
		...common,
		// A name of its own: clients that saw the CA of an earlier double must not take it for this one.
		name: [{CN: [`Followthrough CA ${randomBytes(6).toString('hex')}`]}],
		keys: ca,
		extensions: await extensionsOfCa(x509, ca.publicKey),
	});
	const machine = [...loopback, ...reachedBy];
	const extensions = await extensionsOfServers(x509, server.publicKey, ca.publicKey);
	return {
		ca: pemOf(authority),
		key: KeyObject.from(server.privateKey).export({type: 'pkcs8', format: 'pem'}).toString(),
		async make(name) {
			const certificate = await x509.X509CertificateGenerator.create({
				...common,
				subject: [{CN: [name.length > longestCommonName ? 'Followthrough' : name]}],
				issuer: authority.subjectName,
				publicKey: server.publicKey,
				signingKey: ca.privateKey,
				extensions: [
					...extensions,
					new x509.SubjectAlternativeNameExtension(namesOf([name, ...machine])),
				],
			});
			return pemOf(certificate);
		},
	};
}

/** Loaded when the first CA is made: plain doubles must not pay for it. */
async function loadX509() {
	// @peculiar/x509 refuses to load before it.
	await import('reflect-metadata');
	return import('@peculiar/x509');
}

/** What RFC 5280 wants of a CA (4.2.1.2, 4.2.1.3, 4.2.1.9), and strict verifiers ask for. */
async function extensionsOfCa(x509: X509, key: webcrypto.CryptoKey): Promise<Extension[]> {
	const {keyCertSign, cRLSign} = x509.KeyUsageFlags;
	return [
		new x509.BasicConstraintsExtension(true, 0, true),
		new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
		await x509.SubjectKeyIdentifierExtension.create(key),
	];
}

/** What is the same in all server certificates (RFC 5280, 4.2.1). */
async function extensionsOfServers(
	x509: X509,
	key: webcrypto.CryptoKey,
	issuerKey: webcrypto.CryptoKey,
): Promise<Extension[]> {
	return [
		new x509.BasicConstraintsExtension(false, undefined, true),
		new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
		new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
		await x509.SubjectKeyIdentifierExtension.create(key),
		await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
	];
}

function namesOf(hosts: readonly string[]): JsonGeneralName[] {
	return [...new Set(hosts)].map(value => ({type: isIP(value) ? 'ip' : 'dns', value}));
}

function pemOf(certificate: X509Certificate): string {
	return `${certificate.toString('pem')}\n`;
}
