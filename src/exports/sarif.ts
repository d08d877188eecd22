import {createHash} from 'node:crypto';
import type {Double} from '../double.ts';
import {conclusionOfDouble} from '../grading/double-conclusion.ts';
import type {Exchange} from '../journal/exchange.ts';
import {packageVersion} from '../package-version.ts';
import {type RoutePlace, routePlaces} from '../scenario/route-places.ts';
import {counts} from '../verdict/enforced.ts';
import {formatRequestLine} from '../verdict/exchange-text.ts';
import {rules} from '../verdict/rules/index.ts';
import type {Finding} from '../verdict/verdict.ts';
import {jsonText} from './json-text.ts';
import {locationIn} from './sarif-location.ts';
import {levelOf, messageText, reportingDescriptor} from './sarif-rule.ts';

/**
 * What was broken, as SARIF 2.1.0 for services that show results of analyses: a result for each rule and
 * request, where it was broken several times in the same way with how many; a rule for each that was seen,
 * with its page as help. A result stands at the route of the scenario that answered; its fingerprint is of
 * the rule and of the documented requests, so that the next run has the same.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export async function toSarif(double: Double): Promise<string> {
	const {name} = double;
	const {broken, kept} = double.verdict();
	const seen = new Set([...broken, ...kept].map(({rule}) => rule));
	const descriptors = rules.filter(({id}) => seen.has(id));
	const run = {
		tool: {
			driver: {
				name: 'Followthrough',
				version: packageVersion(),
				rules: await Promise.all(descriptors.map(reportingDescriptor)),
			},
		},
		automationDetails: {id: `followthrough/${name}/`},
		columnKind: 'utf16CodeUnits',
		results: await resultsOf(
			double,
			descriptors.map(({id}) => id),
		),
		properties: {scenario: name, ...conclusionOfDouble(double)},
	};
	return jsonText({
		$schema:
			'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [run],
	});
}

/** A request, and the route that answered it, if one did. */
interface Place {
	readonly words: string;
	readonly route: RoutePlace | undefined;
}

/** Breaches that the next run would have again, or not. */
interface Breach {
	/** The first of them. */
	readonly finding: Finding;
	readonly places: readonly Place[];
	readonly times: number;
}

async function resultsOf(double: Double, ids: readonly string[]): Promise<unknown[]> {
	const breaches = await breachesOf(double);
	return [...breaches].map(([fingerprint, {finding, places, times}]) => {
		const {rule, level, hop, exchanges} = finding;
		const [first, ...others] = places.map(placeLocation);
		return {
			ruleId: rule,
			ruleIndex: ids.indexOf(rule),
			level: levelOf(level, counts(finding, double.scenario)),
			message: {text: messageText(wordsOf(finding))},
			...(first && {locations: [first]}),
			...(others.length > 0 && {
				relatedLocations: others.map((location, id) => ({id, ...location})),
			}),
			occurrenceCount: times,
			partialFingerprints: {'breach/v1': fingerprint},
			properties: {level, ...(hop !== undefined && {hop}), exchanges},
		};
	});
}

/** The breaches by their fingerprints. */
async function breachesOf(double: Double): Promise<ReadonlyMap<string, Breach>> {
	const {scenario, exchanges} = double;
	const routes = await routePlaces(scenario);
	const byNumber = new Map(exchanges.map(exchange => [exchange.number, exchange]));
	const breaches = new Map<string, Breach>();
	for (const finding of double.verdict().broken) {
		const places = finding.exchanges.flatMap(number => {
			const exchange = byNumber.get(number);
			return exchange === undefined ? [] : [placeOf(exchange, routes)];
		});
		const fingerprint = fingerprintOf(scenario.name, finding, places);
		const known = breaches.get(fingerprint);
		breaches.set(
			fingerprint,
			known ? {...known, times: known.times + 1} : {finding, places, times: 1},
		);
	}
	return breaches;
}

function placeOf({request, response}: Exchange, routes: readonly RoutePlace[]): Place {
	const route = response?.route === undefined ? undefined : routes[response.route];
	// It may be one of a scenario that was played before.
	const isKnown = route?.takes(request.method, request.url) === true;
	return {words: formatRequestLine(request), route: isKnown ? route : undefined};
}

/** What changes from run to run, such as numbers and queries, is not in it. */
function fingerprintOf(scenario: string, {rule}: Finding, places: readonly Place[]): string {
	const requests = places.map(({route, words}) => route?.label ?? words.replace(/\?.*/s, ''));
	return createHash('sha256')
		.update(JSON.stringify([scenario, rule, requests]))
		.digest('hex');
}

function placeLocation({words, route}: Place) {
	const message = {text: messageText(words)};
	return route === undefined ? {message} : {...locationIn(route), message};
}

function wordsOf({statement, expected = '', actual = '', cause}: Finding): string {
	const why = cause === undefined ? '' : ` Likely cause: ${cause}.`;
	return `${statement} Expected: ${expected}. Actual: ${actual}.${why}`;
}
