import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';

/** What a shell is given to complete. */
export interface Typed {
	/** The completion script. */
	readonly script: string;
	/** The line up to the cursor, which is where Tab is pressed. */
	readonly line: string;
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
}

/** A shell of this machine that completes lines. */
export interface CompletingShell {
	/** Such as `bash`. */
	readonly name: 'bash' | 'zsh' | 'fish';
	/** What it offers at the end of a line, sorted. */
	complete(typed: Typed): string[];
}

/** What bash offers, as often as it does. */
export function offeredByBash(typed: Typed): string[] {
	return offeredLines(typed, inBash);
}

export const shells: readonly CompletingShell[] = [
	{name: 'bash', complete: typed => offered(typed, inBash)},
	{name: 'zsh', complete: typed => offered(typed, inZsh)},
	{name: 'fish', complete: typed => offered(typed, inFish)},
];

const missing = shells.map(({name}) => name).filter(isMissing);

function isMissing(name: string): boolean {
	return spawnSync(name, ['-c', 'true']).error !== undefined;
}

/**
 * Whether a test has to stop here: the shell is not on the PATH. It says so; where the gate runs, which
 * installs it, it fails.
 */
export function lacksShell(t: ExecutionContext, name: CompletingShell['name']): boolean {
	if (!missing.includes(name)) return false;
	t.log(`There is no ${name} on the PATH, so nothing was tested.`);
	t.falsy(process.env['CI'], `${name} is missing, although .ci/run installs it`);
	return true;
}

/** Milliseconds in which a shell is done; one that waits for ever would be told by nobody. */
const longestWait = 50_000;

/** A shell's own words to complete a line by a script: its arguments, and the program that it runs. */
type Run = (script: string, line: string, told: string) => readonly [string, ...string[]];

/** Each word that is offered, sorted. */
function offered(typed: Typed, run: Run): string[] {
	return [...new Set(offeredLines(typed, run))].sort();
}

/** Each word that is offered, without what was typed before `=`. */
function offeredLines({script, line, cwd, env}: Typed, run: Run): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-completion-'));
	try {
		const [file, told] = [join(folder, 'script'), join(folder, 'told')];
		writeFileSync(file, script);
		writeFileSync(told, '');
		const [shell, ...args] = run(file, line, told);
		const ran = spawnSync(shell, args, {
			cwd,
			env: {...process.env, ...env, HOME: folder, TERM: 'dumb'},
			encoding: 'utf8',
			timeout: longestWait,
		});
		const isFaulty =
			ran.status !== 0 || /\b_[\w-]+:\d+: |command not found/.test(ran.stdout + ran.stderr);
		if (isFaulty) throw new Error(`${shell} failed: ${ran.stdout}${ran.stderr}`);
		const words = readFileSync(told, 'utf8')
			.split('\n')
			.map(each =>
				each
					.replace(/\t.*/, '')
					.replace(/^[\w-]+=(?=.)/, '')
					.trim(),
			);
		return words.filter(word => word !== '');
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** Bash calls the function with the words in COMP_WORDS, split at "=" and ":", too. */
const inBash: Run = (script, line, told) => {
	const words = line.split(/ |(?=[=:])|(?<=[=:])/);
	const calls = `source "$1"; told=$2; shift 2
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
set -u; _followthrough; printf '%s\\n' "\${COMPREPLY[@]-}" > "$told"`;
	return ['bash', '--norc', '-c', calls, 'bash', script, told, ...words];
};

const inFish: Run = (script, line, told) => {
	const calls = 'source $argv[1]; complete -C $argv[2] > $argv[3]';
	return ['fish', '--no-config', '-c', calls, script, line, told];
};

/**
 * Zsh completes in its line editor alone: one that runs in a pseudo-terminal gets a Tab. Only when the
 * editor has begun: before that, the terminal itself takes Ctrl+U, and the line is lost.
 */
const inZsh: Run = (script, line, told) => {
	const calls = `zmodload zsh/zpty
zpty inner 'zsh -f -i'
say() { zpty -w inner "$1" }
say "PS1= PS2= RPS1=; setopt no_auto_list no_auto_menu no_beep; autoload -Uz compinit; compinit -D -u; source \${(q)1}; told=\${(q)3}"
say 'compadd() {
	[[ -n \${(M)argv:#-[OAD]} ]] || { local -a found; builtin compadd -O found "$@"; print -rl -- $found >> $told }
	builtin compadd "$@"
}'
say "bindkey '^I' complete-word; zle-line-init() { print rea''dy }; zle -N zle-line-init"
zpty -r -m inner seen '*ready*'
zpty -n -w inner "$2"$'\\t'
zpty -n -w inner $'\\C-u'"print do''ne"$'\\n'
zpty -r -m inner seen '*done*'
print -r -- "$seen"
zpty -d inner`;
	return ['zsh', '-f', '-c', calls, 'zsh', script, line, told];
};
