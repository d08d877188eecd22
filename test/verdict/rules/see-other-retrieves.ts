import {seeOtherRetrieves} from '../../../src/verdict/rules/see-other-retrieves.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = (from: string, to: string, status = 303) =>
	buildHop({request: `${from} ${old}`}, {status, location: moved}, {request: `${to} ${moved}`});
const cause = 'the client handles 303 like 307';

hopRuleTests(seeOtherRetrieves, [
	['POST that became GET keeps it', hop('POST', 'GET'), 'kept'],
	['HEAD that stayed HEAD keeps it', hop('HEAD', 'HEAD'), 'kept'],
	['HEAD that became GET keeps it', hop('HEAD', 'GET'), 'kept'],
	['302 is not its matter', hop('POST', 'GET', 302), 'not asked'],
	[
		'a repeated POST breaks it',
		hop('POST', 'POST'),
		{expected: 'GET (or HEAD)', actual: 'POST', cause},
	],
]);
