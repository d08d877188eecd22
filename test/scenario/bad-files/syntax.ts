// Files that are no YAML, no JSON, or not one document.
import test from 'ava';
import {refused, refusedJson} from '../../helpers/bad-file.ts';

test(
	'an empty file',
	refused,
	'',
	'1:1  /  the file is empty: expected a scenario with at least "name" and "routes"',
);
test(
	'a file with nothing but a comment',
	refused,
	'# nothing yet\n',
	'1:1  /  the file is empty: expected a scenario with at least "name" and "routes"',
);
test(
	'an empty JSON file',
	refusedJson,
	'  \n',
	'1:1  /  the file is empty: expected a scenario with at least "name" and "routes"',
);
test(
	'a tab that indents',
	refused,
	'name: bad\nroutes:\n\t- request: x\n',
	"3:1  /  no YAML: a tab can't indent; use spaces",
);
test(
	'a text with an unquoted colon',
	refused,
	'name: bad\ntitle: For contrast: 302\n',
	`2:8  /  no YAML: a text can't contain ": " as it is; put it in quotes`,
);
test(
	'an unclosed bracket',
	refused,
	'name: bad\nphases: [one, two\n',
	'3:1  /  no YAML: a "]" is missing before this place',
);
test(
	'an unclosed quote',
	refused,
	'name: "bad\n',
	'2:1  /  no YAML: a closing quote is missing before this place',
);
test(
	'a name that stands twice',
	refused,
	'name: bad\nname: worse\nroutes: []\n',
	'2:1  /  "name" stands twice in the same object',
);
test(
	'a name in quotes that stands twice',
	refused,
	'routes: []\n"name": bad\nname: worse\n',
	'3:1  /  "name" stands twice in the same object',
);
test(
	'two documents',
	refused,
	'name: bad\n---\nname: worse\n',
	'2:1  /  a second document begins here ("---"): expected one scenario a file',
);
test(
	'an alias without an anchor',
	refused,
	'name: bad\nroutes: *all\n',
	'2:9  /  no anchor "&all" stands before this alias',
);
test(
	'YAML in a JSON file',
	refusedJson,
	'name: bad\n',
	'1:1  /  no JSON: expected a value, but "name" stands there',
);
test(
	'a trailing comma in JSON',
	refusedJson,
	'{\n\t"name": "bad",\n}\n',
	'3:1  /  no JSON: expected a name in double quotes, but "}" stands there',
);
test(
	'a comment in JSON',
	refusedJson,
	'{\n\t// later\n\t"name": "bad"\n}\n',
	'2:2  /  no JSON: expected a name in double quotes, but "/" stands there',
);
test(
	'a JSON file that ends too early',
	refusedJson,
	'{"name": "bad"',
	'1:15  /  no JSON: expected "," or "}", but the file ends',
);
test(
	'a name that stands twice in JSON',
	refusedJson,
	'{\n\t"name": "bad",\n\t"name": "worse"\n}\n',
	'3:2  /name  "name" stands twice in the same object',
);
