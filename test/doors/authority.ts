import {spawnSync} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, statSync} from 'node:fs';
import {readdir, rm} from 'node:fs/promises';
import {isIP, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import * as tls from 'node:tls';
import test from 'ava';
import {type Authority, createAuthority, type Leaf} from '../../src/doors/authority.ts';
import {AuthorityOnDemand} from '../../src/doors/authority-on-demand.ts';

const home = mkdtempSync(join(tmpdir(), 'authority-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const shared = createAuthority();
const module = new URL('../../src/doors/authority.ts', import.meta.url).href;

/** Shakes hands with a server that has the leaf; what the client says of it, or its protocol. */
async function shake(
	leaf: Leaf,
	ca: string,
	asked: string,
	version: tls.SecureVersion = 'TLSv1.3',
) {
	const server = tls.createServer(leaf, socket => socket.end());
	server.on('tlsClientError', () => {});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	try {
		return await new Promise<string>(resolve => {
			const client = tls.connect({
				...portOf(server),
				host: '127.0.0.1',
				ca,
				minVersion: version,
				maxVersion: version,
				servername: isIP(asked) ? '' : asked,
				checkServerIdentity: (_, certificate) => tls.checkServerIdentity(asked, certificate),
			});
			client.on('error', error => resolve('code' in error ? String(error.code) : error.message));
			client.on('secureConnect', () => resolve(client.getProtocol() ?? 'none'));
			client.resume();
		});
	} finally {
		server.close();
	}
}

function portOf(server: Server): {port: number} {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('not listening on a port');
	return {port: address.port};
}

const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.test`;
const refused = 'ERR_TLS_CERT_ALTNAME_INVALID';
const asks: readonly (readonly [documented: string, asked: string, outcome: string])[] = [
	['api.example.test', 'api.example.test', 'TLSv1.3'],
	['api.example.test', 'localhost', 'TLSv1.3'],
	['api.example.test', '127.0.0.1', 'TLSv1.3'],
	['api.example.test', '::1', 'TLSv1.3'],
	['api.example.test', 'cdn.example.test', refused],
	['api.example.test', 'x.api.example.test', refused],
	['api.example.test', '127.0.0.2', refused],
	['API.Example.Test.', 'api.example.test', 'TLSv1.3'],
	['*.example.test', 'any.example.test', 'TLSv1.3'],
	['*.example.test', 'any.other.test', refused],
	['bücher.example', 'xn--bcher-kva.example', 'TLSv1.3'],
	['xn--bcher-kva.example', 'xn--bcher-kva.example', 'TLSv1.3'],
	['192.0.2.7', '192.0.2.7', 'TLSv1.3'],
	['192.0.2.7', '192.0.2.8', refused],
	['[2001:db8::7]', '2001:db8::7', 'TLSv1.3'],
	['2001:DB8::7', '2001:db8::7', 'TLSv1.3'],
	['[::1]', '::1', 'TLSv1.3'],
	['localhost', 'localhost', 'TLSv1.3'],
	['my_host.test', 'my_host.test', 'TLSv1.3'],
	[long, long, 'TLSv1.3'],
];

for (const [documented, asked, outcome] of asks)
	test(`a client that asks for ${asked} at ${documented} gets: ${outcome}`, async t => {
		const authority = await shared;
		const leaf = await authority.leafFor(documented);
		t.is(await shake(leaf, authority.pem, asked), outcome);
	});

test('a leaf serves TLS 1.2 as well', async t => {
	const authority = await shared;
	const leaf = await authority.leafFor('api.example.test');
	t.is(await shake(leaf, authority.pem, 'api.example.test', 'TLSv1.2'), 'TLSv1.2');
});

test('whoever trusts the CA of one double does not trust another', async t => {
	const [one, other] = await Promise.all([createAuthority(), createAuthority()]);
	const leaf = await one.leafFor('api.example.test');
	t.is(await shake(leaf, other.pem, 'api.example.test'), 'SELF_SIGNED_CERT_IN_CHAIN');
	t.not(new X509Certificate(one.pem).subject, new X509Certificate(other.pem).subject);
});

/** What strict verifiers look at, of each certificate in the text. */
async function extensionsOf(pem: string) {
	await import('reflect-metadata');
	const {X509Certificate: Parsed} = await import('@peculiar/x509');
	return Array.from(
		new Parsed(pem).extensions,
		({type, critical}) => `${type}${critical ? ' critical' : ''}`,
	);
}

const [basicConstraints, keyUsage, extendedKeyUsage] = ['2.5.29.19', '2.5.29.15', '2.5.29.37'];
const [subjectKeyId, authorityKeyId, subjectAltName] = ['2.5.29.14', '2.5.29.35', '2.5.29.17'];

test('the CA signs itself and has what strict verifiers ask for', async t => {
	const {pem} = await shared;
	const ca = new X509Certificate(pem);
	t.true(ca.ca);
	t.true(ca.checkIssued(ca));
	t.true(ca.verify(ca.publicKey));
	t.regex(ca.subject, /^CN=Followthrough CA [0-9a-f]{12}$/);
	t.deepEqual(await extensionsOf(pem), [
		`${basicConstraints} critical`,
		`${keyUsage} critical`,
		subjectKeyId,
	]);
});

test('a leaf is signed by the CA, for servers only, and not for longer than the CA', async t => {
	const authority = await shared;
	const ca = new X509Certificate(authority.pem);
	const {cert} = await authority.leafFor('api.example.test');
	const leaf = new X509Certificate(cert);
	t.false(leaf.ca);
	t.true(leaf.checkIssued(ca));
	t.true(leaf.verify(ca.publicKey));
	t.is(leaf.subject, 'CN=api.example.test');
	t.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1']);
	t.deepEqual([leaf.validFrom, leaf.validTo], [ca.validFrom, ca.validTo]);
	t.true(Date.parse(leaf.validFrom) < Date.now());
	t.true(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom) < 398 * 24 * 60 * 60 * 1000);
	t.deepEqual(await extensionsOf(cert), [
		`${basicConstraints} critical`,
		`${keyUsage} critical`,
		extendedKeyUsage,
		subjectKeyId,
		authorityKeyId,
		subjectAltName,
	]);
});

test('a name that is too long for a common name stands in the alternative names only', async t => {
	const {cert} = await (await shared).leafFor(long);
	t.is(new X509Certificate(cert).subject, 'CN=Followthrough');
	t.regex(new X509Certificate(cert).subjectAltName ?? '', new RegExp(`DNS:${long}`));
});

test('serial numbers are positive, at most 20 octets, and never the same', async t => {
	const authority = await shared;
	const hosts = Array.from({length: 20}, (_, index) => `h${index}.example.test`);
	const leaves = await Promise.all(hosts.map(host => authority.leafFor(host)));
	const serials = [authority.pem, ...leaves.map(({cert}) => cert)].map(
		pem => new X509Certificate(pem).serialNumber,
	);
	for (const serial of serials) t.regex(serial, /^(?!0+$)[0-9A-F]{1,40}$/);
	t.is(new Set(serials).size, serials.length);
});

test('the chain is the leaf and the CA', async t => {
	const authority = await shared;
	const {cert} = await authority.leafFor('api.example.test');
	t.is(cert.match(/BEGIN CERTIFICATE/g)?.length, 2);
	t.true(cert.endsWith(authority.pem));
});

test('a host has one leaf, however often, at once or differently written it is asked for', async t => {
	const authority = await shared;
	const spellings = ['one.example.test', 'ONE.example.test', 'one.example.test.'];
	const leaves = await Promise.all(spellings.map(host => authority.leafFor(host)));
	t.is(new Set(leaves).size, 1);
	const another = await authority.leafFor('two.example.test');
	t.false(leaves.some(({cert}) => cert === another.cert));
	t.true(
		leaves.some(({key}) => key === another.key),
		'the key is made once',
	);
});

for (const host of ['', 'a b', 'host:80', '[::1', 'a/b', 'a\r\nb', 'ü b'])
	test(`no leaf is made for ${JSON.stringify(host)}`, async t => {
		const error = await t.throwsAsync((await shared).leafFor(host), {code: 'ORIGIN_UNKNOWN'});
		t.regex(error?.message ?? '', /is no host/);
	});

async function withAuthority(use: (authority: Authority) => Promise<void>): Promise<void> {
	const authority = await createAuthority();
	try {
		await use(authority);
	} finally {
		await authority.close();
	}
}

test.serial('the file has the certificate and no key, and only its owner may read it', async t => {
	await withAuthority(async authority => {
		const [path, again] = await Promise.all([authority.file(), authority.file()]);
		t.is(again, path);
		t.is(await authority.file(), path);
		t.is(readFileSync(path, 'utf8'), authority.pem);
		t.notRegex(authority.pem, /PRIVATE/);
		if (process.platform !== 'win32') t.is(statSync(path).mode & 0o777, 0o600);
	});
	t.deepEqual(await readdir(home), []);
});

test.serial('a file that nobody asks for is not made', async t => {
	await withAuthority(async authority => {
		await authority.leafFor('api.example.test');
		t.deepEqual(await readdir(home), []);
	});
});

test.serial('a file that is being written at close is removed all the same', async t => {
	const authority = await createAuthority();
	const asked = authority.file();
	await Promise.all([authority.close(), authority.close()]);
	t.false(existsSync(await asked));
	t.deepEqual(await readdir(home), []);
});

test.serial(
	'a file that could not be written is tried again when it is asked for again',
	async t => {
		await withAuthority(async authority => {
			process.env['TMPDIR'] = join(home, 'missing');
			try {
				await t.throwsAsync(authority.file(), {code: 'FOLDER_UNWRITABLE'});
			} finally {
				process.env['TMPDIR'] = home;
			}
			t.is(readFileSync(await authority.file(), 'utf8'), authority.pem);
		});
		t.deepEqual(await readdir(home), []);
	},
);

test.serial('after close there is no file to be had', async t => {
	const authority = await createAuthority();
	await authority.close();
	await t.throwsAsync(authority.file(), {code: 'DOUBLE_CLOSED'});
	t.deepEqual(await readdir(home), []);
});

/** Runs code in a process of its own. */
function run(code: string): string {
	const {stdout, stderr, status} = spawnSync(
		process.execPath,
		['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code],
		{encoding: 'utf8'},
	);
	return status === 0 ? stdout : stderr;
}

test.serial('a process that ends without close leaves no file', async t => {
	const path = run(`
		import {existsSync} from 'node:fs';
		import {createAuthority} from ${JSON.stringify(module)};
		const path = await (await createAuthority()).file();
		process.stdout.write(existsSync(path) ? path : 'not written');
	`);
	t.is(dirname(dirname(path)), home);
	t.deepEqual(await readdir(home), []);
});

test('nothing is loaded before the first CA is made', t => {
	const loaded = run(`
		import {createAuthority} from ${JSON.stringify(module)};
		const before = 'defineMetadata' in Reflect;
		await createAuthority();
		process.stdout.write([before, 'defineMetadata' in Reflect].join(' '));
	`);
	t.is(loaded, 'false true');
});

test('a CA that could not be made is made when it is asked for again, and is nothing to close', async t => {
	let count = 0;
	const onDemand = new AuthorityOnDemand(() =>
		++count === 1 ? Promise.reject(new Error('out of entropy')) : shared,
	);
	await t.throwsAsync(onDemand.pem(), {message: 'out of entropy'});
	t.regex(await onDemand.pem(), /BEGIN CERTIFICATE/);
	const failing = new AuthorityOnDemand(() => Promise.reject(new Error('out of entropy')));
	const asked = failing.pem();
	await t.notThrowsAsync(failing.close());
	await t.throwsAsync(asked, {message: 'out of entropy'});
});
