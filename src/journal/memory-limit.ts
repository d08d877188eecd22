/** Bodies up to this size in bytes stay in memory; larger ones are streamed to a file. */
export const memoryLimit = 64 * 1024;
