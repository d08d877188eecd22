import type {Exchange} from '../journal/exchange.ts';
import type {Journal} from '../journal/journal.ts';
import type {Scenario} from '../scenario/types.ts';
import type {Surroundings} from './rule.ts';

/** What rules may look at beside a hop: the journal as it is now. */
export function surroundingsOf(scenario: Scenario, journal: Journal): Surroundings {
	const {exchanges, dropped} = journal;
	const hopTo = (exchange: Exchange) => journal.hopTo(exchange);
	return {scenario, exchanges, hops: journal.hops(), hopTo, dropped};
}
