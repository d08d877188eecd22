import {type Completed, type CompletedCommand, type Offer, quoted} from './completed.ts';

/**
 * A completion script for bash, from version 3.2 on, which macOS has. The words behind `--` are left to
 * the package bash-completion where that is loaded.
 */
export function bashScript({program, commands, lists}: Completed): string {
	const name = `_${program}`;
	const offered = ({words, list, files}: Offer) => {
		const all = [words.join(' '), ...(list === undefined ? [] : [`$${name}_${list}`])];
		return `offered="${all.join(' ').trim()}"${files ? ' files=1' : ''}`;
	};
	const values = commands.flatMap(command =>
		command.options.flatMap(({flags, value}) => {
			if (value === undefined) return [];
			return [
				branch(flags.map(flag => quoted(`${command.name} ${flag}`)).join(' | '), offered(value)),
			];
		}),
	);
	const places = commands.flatMap(command =>
		command.arguments.map((argument, index) => branch(placeOf(command, index), offered(argument))),
	);
	const options = commands.map(command => {
		const flags = command.options.flatMap(option => option.flags);
		return branch(quoted(command.name), `offered=${quoted(flags.join(' '))}`);
	});
	const running = commands.filter(({runsProgram}) => runsProgram);
	return `# Completion of ${program} for bash, as "${program} completion bash" prints it.

${Object.entries(lists)
	.map(([list, words]) => `${name}_${list}=${quoted(words.join(' '))}`)
	.join('\n')}

# What the value of an option may be; fails for an option without one.
${name}_value() {
	case "$1 $2" in
${values.join('\n')}
		*) return 1 ;;
	esac
}

# What an argument may be, by its place.
${name}_argument() {
	case "$1 $2" in
${places.join('\n')}
	esac
}

${name}_option() {
	case "$1" in
${options.join('\n')}
	esac
}

# The command line of another program, by the place of its first word.
${name}_behind() {
	local offset
	for offset in _comp_command_offset _command_offset; do
		if declare -F "$offset" >/dev/null; then
			"$offset" "$1"
			return
		fi
	done
	if (($1 == COMP_CWORD)); then ${name}_add -c; else ${name}_add -f; fi
	compopt -o filenames 2>/dev/null
}

# Adds what compgen finds.
${name}_add() {
	local found
	while IFS= read -r found; do
		COMPREPLY+=("$found")
	done < <(compgen "$@" -- "$word" | sort -u)
}

${name}() {
	local word=\${COMP_WORDS[COMP_CWORD]} command='' option='' offered='' files='' given=0 index each
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index++)); do
		each=\${COMP_WORDS[index]}
		if [[ $each == [=:] ]]; then
			# Bash takes --format=json for three words, and divides URLs.
			if ((index + 1 < COMP_CWORD)); then ((index += 1)) && option=''; fi
		elif [[ -n $option ]]; then
			option=''
		elif [[ $each == -- ]]; then
			case "$command" in
				${running.map(command => command.name).join(' | ')})
					${name}_behind $((index + 1))
					return
					;;
			esac
		elif [[ $each == -* ]]; then
			if ${name}_value "$command" "$each"; then option=$each; fi
		elif [[ -z $command ]]; then
			command=$each
		else
			((given += 1))
		fi
	done
	offered='' files=''
	# A file stands behind the "=" of a value.
	if [[ -z $option && ( $word == '=' || \${COMP_WORDS[COMP_CWORD - 1]} == '=' ) ]]; then files=1; fi
	[[ $word != '=' ]] || word=''
	if [[ -n $files ]]; then
		:
	elif [[ -n $option ]]; then
		${name}_value "$command" "$option"
	elif [[ $word == -* ]]; then
		${name}_option "$command"
	else
		${name}_argument "$command" "$given"
	fi
	${name}_add -W "$offered"
	if [[ $offered == *= ]]; then compopt -o nospace 2>/dev/null; fi
	if [[ -n $files ]]; then
		${name}_add -f
		compopt -o filenames 2>/dev/null
	fi
}

complete -F ${name} ${program}
`;
}

function branch(pattern: string, does: string): string {
	return `\t\t${pattern}) ${does} ;;`;
}

/** A pattern for the name of a command and the count of arguments before. */
function placeOf({name, arguments: all}: CompletedCommand, index: number): string {
	return all[index]?.repeats ? `${quoted(`${name} `)}*` : quoted(`${name} ${index}`);
}
