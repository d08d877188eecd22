/** A point that code waits at until a test lets it pass. */
export interface Gate {
	/** Fulfilled when the gate is open. */
	readonly passed: Promise<void>;
	readonly open: () => void;
}

export function createGate(): Gate {
	let open = () => {};
	const passed = new Promise<void>(resolve => {
		open = resolve;
	});
	return {passed, open};
}
