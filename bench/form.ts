/** How much is measured. */
export interface Form {
	readonly name: 'short' | 'default' | 'long';
	/** How often each contestant has its turn. */
	readonly rounds: number;
	/** Milliseconds of one turn under load. */
	readonly turn: number;
	/** Milliseconds of load before the first turn, which count for nothing. */
	readonly warmUp: number;
	/** Pairs of the run whose last tenth is held against the first. */
	readonly endurancePairs: number;
	/** Requests after which is looked what each keeps in memory. */
	readonly memoryRequests: number;
	/** Hops that are judged, in growing numbers. */
	readonly verdictHops: readonly number[];
	/** Up to how many hops the peers are asked as well. */
	readonly peerHops: number;
	/** How often each is started. */
	readonly starts: number;
	/** Size of the upload, in bytes. */
	readonly uploadSize: number;
	/** How often it is sent to each. */
	readonly uploads: number;
	/** Redirects that wait, and follow-ups that come. */
	readonly waiting: number;
	readonly followUps: number;
}

const mebibyte = 1024 * 1024;

/** The forms of the bench by their names. */
export const forms: Readonly<Record<Form['name'], Form>> = {
	short: {
		name: 'short',
		rounds: 1,
		turn: 250,
		warmUp: 100,
		endurancePairs: 2000,
		memoryRequests: 2000,
		verdictHops: [1000],
		peerHops: 200,
		starts: 1,
		uploadSize: 16 * mebibyte,
		uploads: 1,
		waiting: 100,
		followUps: 1000,
	},
	default: {
		name: 'default',
		rounds: 5,
		turn: 2000,
		warmUp: 1500,
		endurancePairs: 1_000_000,
		memoryRequests: 100_000,
		verdictHops: [10_000, 100_000, 1_000_000],
		peerHops: 10_000,
		starts: 9,
		uploadSize: 1024 * mebibyte,
		uploads: 3,
		waiting: 1000,
		followUps: 10_000,
	},
	long: {
		name: 'long',
		rounds: 9,
		turn: 4000,
		warmUp: 3000,
		endurancePairs: 1_000_000,
		memoryRequests: 100_000,
		verdictHops: [10_000, 100_000, 1_000_000],
		peerHops: 100_000,
		starts: 15,
		uploadSize: 1024 * mebibyte,
		uploads: 5,
		waiting: 1000,
		followUps: 10_000,
	},
};
