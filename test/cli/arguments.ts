import test from 'ava';
import {readServeArguments, UsageError} from '../../src/cli/arguments.ts';

const understood = [
	{args: [], read: {help: false, scenarios: []}},
	{args: ['api-move', './my.yaml'], read: {help: false, scenarios: ['api-move', './my.yaml']}},
	{args: ['--help'], read: {help: true, scenarios: []}},
	{args: ['-h'], read: {help: true, scenarios: []}},
	{args: ['--port', '8080', 'a'], read: {help: false, scenarios: ['a'], port: 8080}},
	{args: ['--port=0'], read: {help: false, scenarios: [], port: 0}},
	{args: ['-p8080'], read: {help: false, scenarios: [], port: 8080}},
	{
		args: ['--watch', '--proxy', '8090', '--host=::1', '--advertise', 'a.test', './my.yaml'],
		read: {
			help: false,
			scenarios: ['./my.yaml'],
			proxyPort: 8090,
			host: '::1',
			advertise: 'a.test',
			watch: true,
		},
	},
	{
		args: ['--ready-file', 'ready.json', '--ready-fd', '3'],
		read: {help: false, scenarios: [], readyFile: 'ready.json', readyFd: 3},
	},
];

for (const {args, read} of understood)
	test(`"${args.join(' ')}" is understood`, t => {
		t.deepEqual(readServeArguments(args), read);
	});

const advice =
	'The options are --help, --port, --proxy, --host, --advertise, --watch, --ready-file, --ready-fd; try "npm start -- --help".';
const refused = [
	{args: ['--prot', '1'], message: `Unknown option '--prot'. ${advice}`},
	{args: ['--port'], message: `Option '-p, --port <value>' argument missing. ${advice}`},
	{args: ['--help=1'], message: `Option '-h, --help' does not take an argument. ${advice}`},
	...['x', '65536', '-1', '1.5', ''].map(port => ({
		args: [`--port=${port}`],
		message: `The port "${port}" is none: expected a whole number from 1 to 65535, or 0 for a free one.`,
	})),
	...['x', '-1', '1.5', ''].map(fd => ({
		args: [`--ready-fd=${fd}`],
		message: `The file descriptor "${fd}" is none: expected the number of a file that was opened for this process, such as 3.`,
	})),
];

for (const {args, message} of refused)
	test(`"${args.join(' ')}" is refused in one line`, t => {
		t.throws(() => readServeArguments(args), {instanceOf: UsageError, message});
	});
