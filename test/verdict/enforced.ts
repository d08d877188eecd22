import test from 'ava';
import {checkEnforced, counts} from '../../src/verdict/enforced.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import {around} from '../helpers/build-hop.ts';

const scenario = (enforce: string[]) => around([], {enforce}).scenario;

test('known rules may be enforced', t => {
	t.notThrows(() => checkEnforced(scenario(['hop-limit', 'body-preserved'])));
});

test('unknown rules are all named, each with the nearest right name', t => {
	t.throws(() => checkEnforced(scenario(['hop-limits', 'hop-limit', 'politeness'])), {
		code: 'RULE_UNKNOWN',
		message: [
			'Scenario "api-move" enforces what is no rule:',
			'  "hop-limits" is no rule; did you mean "hop-limit"?',
			'  "politeness" is no rule',
			`The rules are ${rules.map(({id}) => id).join(', ')}.`,
		].join('\n'),
	});
});

for (const {id, level} of rules) {
	const always = level !== 'policy';
	test(`a broken ${id} (${level}) ${always ? 'always counts' : 'counts where it is enforced'}`, t => {
		const finding = {
			rule: id,
			level,
			statement: '',
			hop: 1,
			exchanges: [],
			outcome: 'broken',
		} as const;
		const source = {document: '', url: '', passage: ''};
		t.is(counts({...finding, source}, scenario([])), always);
		t.true(counts({...finding, source}, scenario([id])));
	});
}
