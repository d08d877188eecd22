/** Keeps the exit code of a command for the end of the process, which then ends by itself. */
export async function ended(command: Promise<number>): Promise<void> {
	process.exitCode = await command;
}
