import type {Hop} from '../journal/hop.ts';
import type {Journal} from '../journal/journal.ts';
import type {Scenario} from '../scenario/types.ts';
import type {Surroundings} from './rule.ts';

/**
 * What rules may look at beside a hop: the journal as it is now. Ask before it changes: what takes long
 * in a long journal is only made when it is asked for.
 */
export function surroundingsOf(scenario: Scenario, journal: Journal): Surroundings {
	const {exchanges, dropped} = journal;
	let hops: readonly Hop[] | undefined;
	/** 1 for the number of each follow-up. */
	let followUps: Uint8Array | undefined;
	return {
		scenario,
		exchanges,
		get hops() {
			hops ??= journal.hops();
			return hops;
		},
		isFollowUp(exchange) {
			// Of few exchanges the journal is asked; of many, the hops tell at once, unless some were dropped.
			if (hops === undefined || dropped > 0) return journal.hopTo(exchange) !== undefined;
			if (followUps === undefined) {
				followUps = new Uint8Array(1 + (exchanges.at(-1)?.number ?? 0));
				for (const {followUp} of hops) if (followUp) followUps[followUp.number] = 1;
			}
			return followUps[exchange.number] === 1;
		},
		dropped,
	};
}
