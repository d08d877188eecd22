import {constants} from 'node:os';

/** The exit codes of the commands; docs/cli.md tells them per command. */
export const exitCodes = {
	/** Done; the rules were kept, the client passed, nothing is to be warned of. */
	done: 0,
	/** A rule was broken, or a scenario has faults or pitfalls. */
	broken: 1,
	/** Nothing can be said, such as without a redirect that was followed. */
	undecided: 2,
	/** The command or client that was to be watched failed. */
	commandFailed: 3,
	/** What was asked for can't be done: an unknown option, a scenario with faults. */
	badInput: 4,
	/** A fault of Followthrough itself (EX_SOFTWARE of sysexits.h). */
	ownFault: 70,
} as const;

/** That of a process which a signal has ended, as a shell gives it: 130 for SIGINT. */
export function exitCodeOf(signal: NodeJS.Signals): number {
	return 128 + constants.signals[signal];
}
