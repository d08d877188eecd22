/** The middle of some values; the mean of the two in the middle when they are even in number. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = Number.NaN, high = Number.NaN] =
		sorted.length % 2 === 1
			? [sorted[middle], sorted[middle]]
			: [sorted[middle - 1], sorted[middle]];
	return (low + high) / 2;
}

/**
 * The median of the ratios of two rows of values, round by round: what disturbs the machine for a
 * while disturbs both, and falls out.
 */
export function ratio(values: readonly number[], others: readonly number[]): number {
	return median(
		values.flatMap((value, round) => {
			const other = others[round];
			return other === undefined ? [] : [value / other];
		}),
	);
}

/** A number as it is printed: three digits that count, thousands apart. */
export function shown(value: number): string {
	if (!Number.isFinite(value)) return '-';
	const size = Math.abs(value);
	const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
	return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, size >= 10_000 ? ' ' : '');
}

/** The median with what it lies between, such as `6210 (5980 to 6350)`. */
export function spread(values: readonly number[]): string {
	if (values.length === 0) return '-';
	if (values.length === 1) return shown(values[0] ?? Number.NaN);
	return `${shown(median(values))} (${shown(Math.min(...values))} to ${shown(Math.max(...values))})`;
}
