/** What a person asked for that can't be done; the message, a line, says why and what to do. */
export class Refusal extends Error {
	override readonly name = 'Refusal';
}
