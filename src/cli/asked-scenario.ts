import type {Authored} from '../authoring/authored.ts';
import {fromExample, looksLikeExample} from '../authoring/example/from-example.ts';
import {fromAnswers, readLocation, readRequest, readStatus} from '../authoring/from-answers.ts';
import {FollowthroughError} from '../errors.ts';
import {type Questioned, Questions} from './questions.ts';

/** What is known of a scenario before anything is asked. */
export interface KnownAnswers {
	readonly request?: string;
	readonly location?: string;
	readonly status?: string;
	readonly name?: string;
}

/**
 * The scenario of what is known, and of what a person answers to the rest; without a person, all must
 * be known. Where a request is asked for, a documentation's example can be pasted.
 *
 * @throws FollowthroughError OPTION_INVALID for what is missing or can't be used
 */
export async function askedScenario(known: KnownAnswers, person?: Questioned): Promise<Authored> {
	const {request, location, status = '307', name} = known;
	const named = name === undefined ? {} : {name};
	if (request !== undefined && location !== undefined)
		return fromAnswers({request, location, status: readStatus(status), ...named});
	if (person === undefined) throw missing(request === undefined ? 'request' : 'location');
	const questions = new Questions(person);
	try {
		const first = request ?? (await required(questions, requestQuestion, person, example));
		if (request === undefined && looksLikeExample(first)) {
			person.output.write(pasteHint);
			return fromExample(`${first}\n${await questions.rest()}`, named);
		}
		const target =
			location ?? (await required(questions, 'Where to (Location): ', person, readLocation));
		const code = known.status ?? (await statusAnswer(questions, person));
		return fromAnswers({request: first, location: target, status: readStatus(code), ...named});
	} finally {
		questions.close();
	}
}

const requestQuestion =
	'Which request is redirected, such as "POST https://api.example.test/users"?\nOr paste an example of a documentation: ';

const pasteHint = '(the example ends with a line that is a period, or with Ctrl+D)\n';

/** An example is as good as a request. */
function example(answer: string): unknown {
	return looksLikeExample(answer) || readRequest(answer);
}

function statusAnswer(questions: Questions, person: Questioned): Promise<string> {
	const accept = (answer: string) => readStatus(answer || '307');
	return required(questions, 'Status (307): ', person, accept).then(answer => answer || '307');
}

/** Asks until the answer can be used. */
async function required(
	questions: Questions,
	question: string,
	{output}: Questioned,
	accept: (answer: string) => unknown,
): Promise<string> {
	for (;;) {
		const answer = (await questions.ask(question))?.trim();
		if (answer === undefined)
			throw new FollowthroughError(
				'OPTION_INVALID',
				'the input ended before all was answered; nothing was written',
			);
		try {
			accept(answer);
			return answer;
		} catch (error) {
			if (!(error instanceof FollowthroughError)) throw error;
			output.write(`${error.message}\n`);
		}
	}
}

function missing(option: 'request' | 'location'): FollowthroughError {
	const what =
		option === 'request'
			? 'nothing says which request is redirected: give it with --request "POST https://api.example.test/users", or a documented example with --from FILE ("--from -" reads the standard input)'
			: 'nothing says where the request is redirected to: give it with --location https://api.example.test/v2/users';
	return new FollowthroughError('OPTION_INVALID', what);
}
