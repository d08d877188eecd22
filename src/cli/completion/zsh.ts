import {
	type Completed,
	type CompletedArgument,
	type CompletedCommand,
	type CompletedOption,
	type Offer,
	quoted,
} from './completed.ts';

/** A completion script for zsh, to be sourced or to be put into a folder of `fpath`. */
export function zshScript({program, commands, lists}: Completed): string {
	const name = `_${program}`;
	const running = commands.filter(({runsProgram}) => runsProgram);
	const [whole, ...named] = commands;
	return `#compdef ${program}
# Completion of ${program} for zsh, as "${program} completion zsh" prints it.

${Object.entries(lists)
	.map(([list, words]) => functionOf(`${name}_${list}`, `compadd "$@" -- ${words.join(' ')}`))
	.join('\n\n')}

${named.map(command => commandFunction(name, command)).join('\n\n')}

${name}_commands() {
	local -a commands=(
${named.map(command => `\t\t${quoted(`${command.name}:${command.summary}`)}`).join('\n')}
	)
	_describe -t commands command commands
}

${name}() {
	local context state state_descr line
	typeset -A opt_args
	integer behind=\${words[(i)--]}
	# Behind -- stands the command line of another program.
	if ((behind < CURRENT)) && [[ \${words[2]} == (${running.map(command => command.name).join('|')}) ]]; then
		shift $behind words
		((CURRENT -= behind))
		_normal
		return
	fi
	_arguments -C \\
${(whole?.options ?? []).map(option => `\t\t${optionSpec(name, option)} \\`).join('\n')}
		'1:command:${name}_commands' \\
		'*:: :->command' && return
	[[ $state == command ]] || return 1
	(($+functions[${name}-$words[1]])) || return 1
	${name}-$words[1]
}

if [[ $funcstack[1] == ${name} ]]; then
	${name} "$@"
else
	compdef ${name} ${program}
fi
`;
}

function functionOf(name: string, ...lines: readonly string[]): string {
	return `${name}() {\n${lines.map(line => `\t${line}`).join('\n')}\n}`;
}

function commandFunction(name: string, {name: command, ...words}: CompletedCommand): string {
	const specs = [
		...words.options.map(option => optionSpec(name, option)),
		...words.arguments.map((argument, index) => argumentSpec(name, argument, index)),
	];
	return functionOf(`${name}-${command}`, ['_arguments -s', ...specs].join(' \\\n\t\t'));
}

/** An option may come again: commander takes the last, or collects them. */
function optionSpec(name: string, {flags, description, value}: CompletedOption): string {
	const told = description.replace(/[[\]\\:]/g, '\\$&');
	const taken = value === undefined ? '' : `:value:${action(name, value)}`;
	return flags
		.map(flag => {
			const long = value !== undefined && flag.startsWith('--') ? '=' : '';
			return quoted(`*${flag}${long}[${told}]${taken}`);
		})
		.join(' ');
}

function argumentSpec(name: string, argument: CompletedArgument, index: number): string {
	const place = argument.repeats ? '*' : index + 1;
	return quoted(`${place}:${argument.name}:${action(name, argument)}`);
}

/** What completes a place; a colon would end it. */
function action(name: string, {words, list, files, paired}: Offer): string {
	// Spaces around a group in braces are words of its own.
	if (paired) return `{ compset -P "*=" && _files || compadd -S "" -- ${words.join(' ')} }`;
	const all = [
		...(words.length === 0 ? [] : [{tag: 'words', does: `(${words.join(' ')})`}]),
		...(list === undefined ? [] : [{tag: list, does: `${name}_${list}`}]),
		...(files ? [{tag: 'files', does: '_files'}] : []),
	];
	const [only, ...others] = all;
	if (only === undefined) return ' ';
	if (others.length === 0) return only.does;
	// Behind a space it is called as it stands, without options of compadd's.
	return ` _alternative ${all.map(({tag, does}) => `"${tag}\\:${tag}\\:${does}"`).join(' ')}`;
}
