import type {Completed, CompletedCommand, Offer} from './completed.ts';

/** A completion script for fish, from version 3.1 on. */
export function fishScript({program, commands, lists}: Completed): string {
	const name = `__${program}`;
	const [, ...named] = commands;
	const withValue = commands.flatMap(command =>
		command.options
			.filter(({value}) => value !== undefined)
			.flatMap(({flags}) => flags.map(flag => quoted(`${command.name} ${flag}`))),
	);
	const running = commands.filter(({runsProgram}) => runsProgram).map(command => command.name);
	return `# Completion of ${program} for fish, as "${program} completion fish" prints it.

${Object.entries(lists)
	.map(([list, words]) => `set -g ${name}_${list} ${words.join(' ')}`)
	.join('\n')}

# Prints the command, and the count of its arguments before the cursor, or the words behind --.
function ${name}_place
	set -l words (commandline -opc)[2..-1]
	set -l command ''
	set -l given 0
	while set -q words[1]
		set -l word $words[1]
		set -e words[1]
		if test "$word" = -- && contains -- "$command" ${running.join(' ')}
			printf '%s\\n' behind $words
			return
		end
		switch "$command $word"
			case ${withValue.join(' ')}
				set -e words[1]
			case '* -*'
			case ' *'
				set command $word
			case '*'
				set given (math $given + 1)
		end
	end
	printf '%s\\n' "$command" $given
end

function ${name}_in
	set -l place (${name}_place)
	test "$place[1]" = "$argv[1]"
end

function ${name}_at
	set -l place (${name}_place)
	test "$place[1]" = "$argv[1]" && contains -- "$place[2]" $argv[2..-1]
end

function ${name}_from
	set -l place (${name}_place)
	test "$place[1]" = "$argv[1]" && test "$place[2]" -ge $argv[2]
end

# What fits in the command line of another program.
function ${name}_behind
	set -l place (${name}_place)
	complete -C (string join ' ' -- (string escape -- $place[2..-1]) (commandline -ct))
end

# Words that end in "=", or the files behind one.
function ${name}_paired
	set -l typed (string split -m 1 = -- (commandline -ct))
	if set -q typed[2]
		printf '%s\\n' $typed[1]=(__fish_complete_path $typed[2])
	else
		printf '%s\\n' $argv
	end
end

complete -c ${program} -f
complete -c ${program} -n '${name}_in behind' -a '(${name}_behind)'
${named
	.map(
		command =>
			`complete -c ${program} -n '${name}_at "" 0' -a ${command.name} -d ${quoted(command.summary)}`,
	)
	.join('\n')}
${commands.flatMap(command => linesOf(program, name, command)).join('\n')}
`;
}

function linesOf(program: string, name: string, command: CompletedCommand): string[] {
	const options = command.options.map(({flags, description, value}) => {
		const named = flags.map(flag =>
			flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
		);
		const condition = quoted(`${name}_in ${doubleQuoted(command.name)}`);
		const taken = value === undefined ? '' : ` ${takes(name, value)}`;
		return `complete -c ${program} -n ${condition} ${named.join(' ')}${taken} -d ${quoted(description)}`;
	});
	const places = command.arguments
		.map((argument, index) => {
			const which = argument.repeats ? 'from' : 'at';
			const condition = quoted(`${name}_${which} ${doubleQuoted(command.name)} ${index}`);
			return {condition, offer: offerOf(name, argument)};
		})
		.filter(({offer}) => offer !== '')
		.map(({condition, offer}) => `complete -c ${program} -n ${condition} ${offer}`);
	return [...options, ...(command.name === '' ? [] : places)];
}

function takes(name: string, value: Offer): string {
	const offer = offerOf(name, value);
	return value.files ? `-r ${offer}` : `-x ${offer}`.trim();
}

function offerOf(name: string, {words, list, files, paired}: Offer): string {
	if (paired) return `-a ${quoted(`(${name}_paired ${words.join(' ')})`)}`;
	const all = [...words, ...(list === undefined ? [] : [`$${name}_${list}`])].join(' ');
	return [...(files ? ['-F'] : []), ...(all === '' ? [] : [`-a ${quoted(all)}`])].join(' ');
}

/** A word in single quotes, in which fish knows escapes. */
function quoted(word: string): string {
	return `'${word.replace(/['\\]/g, '\\$&')}'`;
}

function doubleQuoted(word: string): string {
	return `"${word}"`;
}
