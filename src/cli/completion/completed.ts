/** What a shell may offer for a program. */
export interface Completed {
	readonly program: string;
	/** The program itself, without a name, and its commands. */
	readonly commands: readonly CompletedCommand[];
	/** Long lists of words by their names, such as `scenarios`. */
	readonly lists: Readonly<Record<string, readonly string[]>>;
}

export interface CompletedCommand {
	/** Empty for the program itself. */
	readonly name: string;
	/** In a line. */
	readonly summary: string;
	readonly options: readonly CompletedOption[];
	/** By position. */
	readonly arguments: readonly CompletedArgument[];
	/** Whether what stands behind `--` is the command line of another program. */
	readonly runsProgram: boolean;
}

export interface CompletedOption {
	/** Such as `-f` and `--format`. */
	readonly flags: readonly string[];
	readonly description: string;
	/** What its value may be; absent for an option without one. */
	readonly value?: Offer;
}

export interface CompletedArgument extends Offer {
	/** Such as `scenario`. */
	readonly name: string;
	/** Whether it may come again. */
	readonly repeats: boolean;
}

/** What fits at a place. */
export interface Offer {
	readonly words: readonly string[];
	/** The name of a list whose words fit, too. */
	readonly list?: string;
	/** Whether the path of a file fits, too. */
	readonly files: boolean;
	/** Whether each word ends in `=`, and is followed by the path of a file. */
	readonly paired?: boolean;
}

/** A word in single quotes, for a POSIX shell and for zsh; nothing in it is special. */
export function quoted(word: string): string {
	return `'${word.replaceAll("'", "'\\''")}'`;
}
