import test from 'ava';
import {ProgressLine} from '../../src/cli/progress-line.ts';

/** What is written to a terminal, or to what is none. */
function drawn(terminal: {isTTY?: boolean; columns?: number}, TERM = 'xterm'): string[] {
	const written: string[] = [];
	const write = (text: string) => written.push(text);
	const line = new ProgressLine({...terminal, write}, {TERM});
	line.tell(1, 4, 'api-move');
	line.tell(4, 4, 'redirect-loop');
	line.end();
	return written;
}

test('a terminal gets one line that is drawn anew, and taken away at the end', t => {
	t.deepEqual(drawn({isTTY: true, columns: 80}), [
		`\r\x1b[K${'█'.repeat(6)}${'░'.repeat(18)} 1/4 api-move`,
		`\r\x1b[K${'█'.repeat(24)} 4/4 redirect-loop`,
		'\r\x1b[K',
	]);
});

test('the line is cut where the terminal ends', t => {
	t.is(drawn({isTTY: true, columns: 30})[0]?.length, 29 + '\r\x1b[K'.length);
});

test('what is no terminal, or a dumb one, gets nothing', t => {
	t.deepEqual(drawn({}), []);
	t.deepEqual(drawn({isTTY: false}), []);
	t.deepEqual(drawn({isTTY: true}, 'dumb'), []);
});
