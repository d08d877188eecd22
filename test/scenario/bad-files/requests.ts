// Requests that no route can be made of.
import test from 'ava';
import {asking, origin, refused} from '../../helpers/bad-file.ts';

test(
	'a method that is misspelt',
	refused,
	asking(`PSOT ${origin}/users`),
	'3:14  /routes/0/request  "PSOT" is not a method known to this server; did you mean "POST"?',
);
test(
	'a method in small letters',
	refused,
	asking(`post ${origin}/users`),
	'3:14  /routes/0/request  method names are case-sensitive: write "POST", not "post"',
);
test(
	'a star beside a method',
	refused,
	asking(`"GET|* ${origin}/users"`),
	'3:14  /routes/0/request  "*" takes any method: it stands alone, not beside others',
);
test(
	'a method that stands twice',
	refused,
	asking(`"GET|GET ${origin}/users"`),
	'3:14  /routes/0/request  the method "GET" stands twice',
);
test(
	'a method list with spaces',
	refused,
	asking(`"GET | POST ${origin}/users"`),
	'3:14  /routes/0/request  expected "METHODS URL", several methods as "PUT|PATCH"; found "GET | POST https://api.example.test/users"',
);
test(
	'a request without a method',
	refused,
	asking(`${origin}/users`),
	'3:14  /routes/0/request  the method is missing before the URL: write "POST https://api.example.test/users", or "* https://api.example.test/users" for any',
);
test(
	'a request without a URL',
	refused,
	asking('POST'),
	'3:14  /routes/0/request  the URL is missing after the method: write "POST https://api.example.test/users"',
);
test(
	'a relative URL',
	refused,
	asking('POST /users'),
	'3:14  /routes/0/request  "/users" is not absolute; write the documented URL, such as "https://api.example.test/users"',
);
test(
	'another scheme',
	refused,
	asking('GET ftp://files.example.test/users'),
	'3:14  /routes/0/request  the scheme "ftp" is not served; write http or https',
);
test(
	'a URL without a host',
	refused,
	asking('GET https:///users'),
	'3:14  /routes/0/request  "https:///users" names no host; write a URL such as "https://api.example.test/users"',
);
test(
	'a host that is none',
	refused,
	asking('GET https://{tenant}.example.test/users'),
	'3:14  /routes/0/request  "{tenant}.example.test" is no host name',
);
test(
	'a host that is not ASCII',
	refused,
	asking('GET https://bücher.example.test/'),
	'3:14  /routes/0/request  "bücher.example.test" is no host name; write "https://xn--bcher-kva.example.test"',
);
test(
	'a port out of range',
	refused,
	asking('GET https://api.example.test:99999/'),
	'3:14  /routes/0/request  the port 99999 is out of range: expected 65535 at most',
);
test(
	'a fragment in the URL',
	refused,
	asking(`"GET ${origin}/users#top"`),
	'3:14  /routes/0/request  a fragment ("#…") is never sent to a server; leave it out',
);
test(
	'a password in the URL',
	refused,
	asking('GET https://ada:secret@api.example.test/users'),
	'3:14  /routes/0/request  a user name or password has no place in the URL; match an Authorization header',
);
test(
	'a parameter without a name',
	refused,
	asking(`"GET ${origin}/users/:"`),
	`3:14  /routes/0/request  the path "/users/:" can't be read: a ":" needs a name, such as ":id"; write "\\:" for a colon`,
);
test(
	'a wildcard without a name',
	refused,
	asking(`"GET ${origin}/users/*"`),
	`3:14  /routes/0/request  the path "/users/*" can't be read: a "*" needs a name, such as "*rest"; write "\\*" for an asterisk`,
);
test(
	'a regular expression in the path',
	refused,
	asking(`"GET ${origin}/users/(.*)"`),
	`3:14  /routes/0/request  the path "/users/(.*)" can't be read: a regular expression such as "(.*)" has no place in a path; write ":id" for one segment, "*rest" for the rest`,
);
test(
	'an optional parameter in the old syntax',
	refused,
	asking(`"GET ${origin}/users/:id?"`),
	'3:14  /routes/0/request  a "?" begins the query, and there is none; an optional part of a path stands in braces, such as "{/:id}"',
);
test(
	'a repeated parameter in the old syntax',
	refused,
	asking(`"GET ${origin}/users/:id+"`),
	`3:14  /routes/0/request  the path "/users/:id+" can't be read: a repeated parameter is written "*rest"; write "\\+" for a plus sign`,
);
test(
	'a brace that is not closed',
	refused,
	asking(`"GET ${origin}/users{/:id"`),
	`3:14  /routes/0/request  the path "/users{/:id" can't be read: a "{" is not closed by a "}"`,
);
test(
	'two parameters with nothing in between',
	refused,
	asking(`"GET ${origin}/:a:b"`),
	`3:14  /routes/0/request  the path "/:a:b" can't be read: two parameters need some text between them, as in "/:a-:b"; there is none before "b"`,
);
test(
	'two parameters of one name',
	refused,
	asking(`"GET ${origin}/:id/x/:id"`),
	'3:14  /routes/0/request  two parameters of the path are called "id"',
);
test(
	'a path that is not ASCII',
	refused,
	asking(`"GET ${origin}/größe"`),
	'3:14  /routes/0/request  a path stands as it goes over the wire: write "/gr%C3%B6%C3%9Fe", not "/größe"',
);
