import type {Citation} from '../../http/citations.ts';
import type {Redirect} from './redirect.ts';

/** A pitfall, or a piece of advice that the scenario goes against. */
export type Severity = 'warning' | 'advice';

/** What a check says against a redirect. */
export interface Objection {
	readonly message: string;
	/** JSON pointer of the place inside the response, such as `/headers/Location`; empty for the whole. */
	readonly at?: string;
}

/** One thing that a redirect of a scenario is held against. */
export interface LintCheck {
	/** Short name, such as `location-missing`; also the name of its file. */
	readonly id: string;
	readonly severity: Severity;
	/** The statement that it comes from. */
	readonly source: Citation;
	/** The objection, or undefined when there is none. */
	check(redirect: Redirect): Objection | undefined;
}
