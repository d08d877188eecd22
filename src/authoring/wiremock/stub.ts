import type {Note} from '../note.ts';
import type {JsonObject} from '../unknown-json.ts';

/** A stub mapping of WireMock, with where it stands. */
export interface Stub {
	/** Such as `mappings/users.json` or `stubs.json, mapping 2`. */
	readonly place: string;
	/** The file it is in, as it is named to the reader of body files. */
	readonly file: string;
	readonly data: JsonObject;
}

/** Notes things of one stub that a scenario has no equivalent of. */
export class StubNotes {
	readonly #place: string;
	readonly #notes: Note[];

	constructor(place: string, notes: Note[]) {
		this.#place = place;
		this.#notes = notes;
	}

	/** @param member its path in the mapping, such as `request.cookies.session` */
	add(member: string, message: string): void {
		this.#notes.push({place: `${this.#place}, ${member}`, message});
	}
}

/** What has no equivalent at all. */
export const noEquivalent = 'has no equivalent';
