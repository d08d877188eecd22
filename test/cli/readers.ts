import test from 'ava';
import {InvalidArgumentError} from 'commander';
import {readCount, readFd, readMilliseconds, readPort} from '../../src/cli/commands/readers.ts';

const understood = [
	{read: readPort, text: '8080', value: 8080},
	{read: readPort, text: '0', value: 0},
	{read: readPort, text: '65535', value: 65_535},
	{read: readFd, text: '3', value: 3},
	{read: readCount, text: '12', value: 12},
	{read: readMilliseconds, text: '2147483647', value: 2_147_483_647},
];

for (const {read, text, value} of understood)
	test(`"${text}" is understood by ${read.name}`, t => {
		t.is(read(text), value);
	});

const words = ['x', '-1', '1.5', '', ' 1', '0x10', '1e3'];
const refused = [
	...['65536', '99999', ...words].map(text => {
		return {
			read: readPort,
			text,
			message: 'Expected a whole number from 1 to 65535, or 0 for a free port.',
		};
	}),
	...words.map(text => {
		return {
			read: readFd,
			text,
			message: 'Expected the number of a file that was opened for this process, such as 3.',
		};
	}),
	...['0', ...words].map(text => {
		return {read: readCount, text, message: 'Expected a whole number, 1 or more.'};
	}),
	{
		read: readMilliseconds,
		text: '2147483648',
		message: 'Expected 2147483647 at most, which is 24 days.',
	},
];

for (const {read, text, message} of refused)
	test(`"${text}" is refused by ${read.name}`, t => {
		t.throws(() => read(text), {instanceOf: InvalidArgumentError, message});
	});
