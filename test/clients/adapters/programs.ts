import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Command} from '../../../src/cli/child.ts';
import {programAdapter} from '../../../src/cli/program-adapter.ts';
import {built} from './built.ts';
import {always, type Family, type KnownClient} from './known-client.ts';
import {printedVersion} from './version.ts';

const here = (file: string) => fileURLToPath(new URL(`../programs/${file}`, import.meta.url));

// Debian's own, which has Debian's packages; another Python on the PATH has not.
const python = '/usr/bin/python3';

/** A client of another language, as its program is found and run. */
export interface ProgramClient extends KnownClient {
	/** Whether it can be told to speak HTTP/2 over TLS. */
	readonly http2: boolean;
	/** Ready to run, built where it has to be. */
	command(): Command;
}

interface Words extends Pick<KnownClient, 'id' | 'name' | 'called' | 'version'> {
	readonly http2?: boolean;
}

function program(family: Family, words: Words, command: () => Command): ProgramClient {
	return {
		http2: false,
		...words,
		family,
		command,
		open: () => always(programAdapter(command()))(),
	};
}

const shell = (words: Words, file: string, ...parameters: string[]) =>
	program('Command line', words, () => ['sh', here(file), ...parameters]);

export const curl = shell(
	{
		id: 'curl',
		name: 'curl',
		called:
			'`curl -L`, with `--data-binary` for a body and `-X` for methods other than GET, HEAD and POST',
		version: printedVersion(['curl', '--version']),
		http2: true,
	},
	'curl.sh',
);

export const curlForcingMethod = shell(
	{
		...curl,
		id: 'curl-x',
		name: 'curl -X',
		called: '`curl -L -X METHOD`, which names the method of every hop',
	},
	'curl.sh',
	'forced',
);

export const wget = shell(
	{
		id: 'wget',
		name: 'wget',
		called: '`wget --method=METHOD --body-file=…`',
		version: printedVersion(['wget', '--version']),
	},
	'wget.sh',
);

function pythonModule(module: string, words: Omit<Words, 'version'>, file: string): ProgramClient {
	const print = `import ${module}; print(${module}.__version__)`;
	const version = printedVersion([python, '-c', print]);
	return program('Python', {...words, version}, () => [python, here(file)]);
}

export const requests = pythonModule(
	'requests',
	{
		id: 'requests',
		name: 'requests',
		called: '`requests.request(method, url, headers=…, data=body)`',
	},
	'requests_client.py',
);

export const httpx = pythonModule(
	'httpx',
	{
		id: 'httpx',
		name: 'httpx',
		called: '`Client(follow_redirects=True)`, as it follows nothing unless told',
		http2: true,
	},
	'httpx_client.py',
);

const otherPython = [
	pythonModule(
		'urllib3',
		{
			id: 'urllib3',
			name: 'urllib3',
			called: '`PoolManager().request(method, url, headers=…, body=body)`',
		},
		'urllib3_client.py',
	),
	pythonModule(
		'aiohttp',
		{
			id: 'aiohttp',
			name: 'aiohttp',
			called: '`ClientSession().request(method, url, headers=…, data=body)`',
		},
		'aiohttp_client.py',
	),
	program(
		'Python',
		{
			id: 'urllib',
			name: 'urllib.request',
			called: '`urlopen(Request(url, data, headers, method=…))`; its version is that of Python',
			version: printedVersion([python, '--version']),
		},
		() => [python, here('urllib_client.py')],
	),
];

const other = (words: Words, command: () => Command) =>
	program('Other languages and browsers', words, command);

export const go = other(
	{
		id: 'go',
		name: 'Go net/http',
		called: '`http.Client.Do`, the body a `bytes.Reader`, which can be read again',
		version: printedVersion(['go', 'version'], /go(\d[\w.]*)/),
		http2: true,
	},
	built(folder => ({
		build: ['go', 'build', '-o', join(folder, 'net_http'), here('net_http.go')],
		env: {GOCACHE: join(folder, 'cache'), GO111MODULE: 'off'},
		run: [join(folder, 'net_http')],
	})),
);

export const java = other(
	{
		id: 'java',
		name: 'Java HttpClient',
		called: '`HttpClient` with `Redirect.NORMAL` and HTTP/1.1, as it follows nothing unless told',
		version: printedVersion(['javac', '-version']),
		http2: true,
	},
	built(folder => ({
		build: ['javac', '-d', folder, here('JdkHttpClient.java')],
		run: ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', folder, 'JdkHttpClient'],
	})),
);

const phpVersion = printedVersion(['php', '-r', 'echo PHP_VERSION;'], /^(\d+\.\d+\.\d+)/);
const rubyVersion = printedVersion(['ruby', '--version'], /ruby (\d[\d.]*)/);
const perlVersion = printedVersion(['perl', '-MLWP', '-e', 'print LWP->VERSION']);

const others = [
	other(
		{
			id: 'php-curl',
			name: 'PHP curl',
			called:
				'`CURLOPT_FOLLOWLOCATION`, with `CURLOPT_POSTFIELDS` for a body and `CURLOPT_CUSTOMREQUEST` for methods other than GET, HEAD and POST',
			version: printedVersion(
				['php', '-r', 'echo PHP_VERSION, " with libcurl ", curl_version()["version"];'],
				/^(\d.*)/,
			),
		},
		() => ['php', here('curl.php')],
	),
	other(
		{
			id: 'php-stream',
			name: 'PHP file_get_contents',
			called: '`file_get_contents(url, false, stream_context_create(…))`',
			version: phpVersion,
		},
		() => ['php', here('stream.php')],
	),
	other(
		{
			id: 'ruby-net-http',
			name: 'Ruby net/http',
			called:
				'it follows nothing by itself: GET by the loop that its documentation shows, other methods not at all',
			version: rubyVersion,
		},
		() => ['ruby', here('net_http.rb')],
	),
	other(
		{
			id: 'ruby-open-uri',
			name: 'Ruby open-uri',
			called: '`URI.open(url, headers)`, which knows GET alone',
			version: rubyVersion,
		},
		() => ['ruby', here('open_uri.rb')],
	),
	other(
		{
			id: 'perl-lwp',
			name: 'Perl LWP',
			called:
				'`LWP::UserAgent`, told by `requests_redirectable` to follow every method; by itself it follows GET and HEAD',
			version: perlVersion,
		},
		() => ['perl', here('lwp.pl')],
	),
];

/** The clients that are programs. */
export const programs: readonly ProgramClient[] = [
	curl,
	curlForcingMethod,
	wget,
	requests,
	httpx,
	...otherPython,
	go,
	java,
	...others,
];
