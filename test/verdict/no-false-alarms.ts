import test from 'ava';
import fc from 'fast-check';
import {anyConversation, type Conversation} from '../helpers/any-conversation.ts';
import {type Played, play} from '../helpers/play-conversation.ts';

/** How long the test goes on, in seconds; longer by the environment variable FALSE_ALARM_SECONDS. */
const seconds = Number(process.env['FALSE_ALARM_SECONDS'] ?? 20);

/**
 * The first seed, always the same: what fails is the change at hand. The environment variable
 * FALSE_ALARM_SEED gives that of a failure again, or another place to search from.
 */
const firstSeed = Number(process.env['FALSE_ALARM_SEED'] ?? 1);

/** How many conversations go on at once, and how many such batches there are to a seed. */
const atOnce = 40;
const batches = 4;

/** How long the text of a failure may be. */
const longest = 20_000;

test('no client that keeps to the Fetch Standard, or to what RFC 9110 allows, breaks a rule', async t => {
	t.timeout(seconds * 1000 + 240_000);
	const end = performance.now() + seconds * 1000;
	const batch = fc.array(anyConversation, {minLength: 1, maxLength: atOnce, size: 'max'});
	const count = {conversations: 0, exchanges: 0, hops: 0};
	const property = fc.asyncProperty(batch, async conversations => {
		const all = await Promise.all(conversations.map(each => played(each)));
		for (const {exchanges, hops} of all) {
			count.conversations++;
			count.exchanges += exchanges;
			count.hops += hops;
		}
	});
	for (let seed = firstSeed; performance.now() < end; seed++) {
		const parameters = {seed, numRuns: batches, interruptAfterTimeLimit: 60_000};
		const {failed, errorInstance} = await fc.check(property, parameters);
		// AVA takes minutes to show an error with all that it holds.
		if (failed) return t.fail(`FALSE_ALARM_SEED=${seed}\n${errorInstance}`.slice(0, longest));
	}
	const {conversations, exchanges, hops} = count;
	t.log(
		`${conversations} conversations, ${exchanges} exchanges, ${hops} hops, seeds from ${firstSeed}`,
	);
	return t.true(hops > 0);
});

/** Plays a conversation; throws with all that is needed to play it again by hand. */
async function played(conversation: Conversation) {
	const result = await play(conversation).catch(failed);
	if (result.faults.length === 0) return result;
	throw new Error(
		[
			...result.faults,
			'The client sent:',
			...result.sent.map((line, i) => `  ${i + 1}. ${line}`),
			'The conversation, whose scenario can be played as a file:',
			inText(conversation),
		].join('\n'),
	);
}

/** What went wrong in place of a verdict: that calls do not end, or that the double has failed. */
function failed(error: unknown): Played {
	return {faults: [String(error)], sent: [], exchanges: 0, hops: 0};
}

/** As JSON; bodies as the text that their bytes are. */
function inText({scenario, ...rest}: Conversation): string {
	const shown = (_key: string, value: unknown) => {
		if (typeof value !== 'object' || value === null || !('bytes' in value)) return value;
		const {bytes, ...others} = value;
		return {
			...others,
			bytes: Buffer.isBuffer(bytes) ? bytes.toString('latin1').slice(0, 200) : bytes,
		};
	};
	return `${JSON.stringify(scenario, undefined, 1)}\n${JSON.stringify(rest, shown, 1)}`;
}
