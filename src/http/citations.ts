/** A passage of a standard or of another source, as rules and lint checks cite it. */
export interface Citation {
	/** The document and section, such as `RFC 9110, 15.4.8`. */
	readonly document: string;
	/** Where to read it. */
	readonly url: string;
	/** The passage, quoted, a sentence or two at most. */
	readonly passage: string;
}
