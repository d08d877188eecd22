// Calls that no client can be asked for.
import test from 'ava';
import {answering, origin, refused, routes} from '../../helpers/bad-file.ts';

const answered = `  - request: POST ${origin}/\n    response: {}\n`;

function calling(members: string): string {
	return `calls:\n  - { request: "POST ${origin}/", ${members} }\n${routes(answered)}`;
}

test(
	'a stream of nothing',
	refused,
	calling('stream: true'),
	'2:58  /calls/0/stream  "stream" has no effect: the call has no body; give it one, or leave this out',
);
test(
	'trailers behind a body that is no stream',
	refused,
	calling('text: a, trailers: { X-Sum: 1 }'),
	'2:59  /calls/0/trailers  "trailers" has no effect without "stream: true": they stand behind a body of unknown length',
);
test(
	'trailers that frame the message, or are no fields',
	refused,
	calling('text: a, stream: true, trailers: { Content-Length: 1, "X Sum": 1, X-Sum: "a\\nb" }'),
	'2:85  /calls/0/trailers/Content-Length  "Content-Length" can\'t be set: messages are framed by their sender, so leave it out',
	'2:104  /calls/0/trailers/X Sum  "X Sum" is no field name: expected letters, digits and any of !#$%&\'*+-.^_`|~',
	"2:123  /calls/0/trailers/X-Sum  a line break can't stand in a field value: a list of values makes several lines",
);
test(
	'a repetition of nothing',
	refused,
	answering('{ repeat: 2 }'),
	'4:25  /routes/0/response/repeat  "repeat" has no effect: it is for a body as "text" or "base64", and there is none; leave it out',
);
test(
	'a repetition of what is no text and no bytes',
	refused,
	answering('{ json: {}, repeat: 2 }'),
	'4:35  /routes/0/response/repeat  "repeat" has no effect: it is for a body as "text" or "base64", and there is none; leave it out',
);
test(
	'a repetition that would fill the memory',
	refused,
	answering(
		'{ text: "64 bytes, and so many times over that nobody could keep them all", repeat: 2000000 }',
	),
	'4:99  /routes/0/response/repeat  expected 1048576 times at the most, which make 64 MiB of these 64 bytes, found 2000000',
);
test(
	'a repetition of once',
	refused,
	answering('{ text: a, repeat: 1 }'),
	'4:34  /routes/0/response/repeat  expected a number that is 2 at least, found the number 1',
);
