import {DockerfileParser, type ImageTemplate, type JSONInstruction} from 'dockerfile-ast';

/** What the Dockerfile says, as the checks of it need it. */
export interface Image {
	/** The images that its stages begin with, in order. */
	readonly bases: readonly string[];
	/** What each RUN gives to the shell. */
	readonly commands: readonly string[];
	/** What COPY takes from the build context, `[source, target]`. */
	readonly copied: readonly (readonly [string, string])[];
	readonly labels: Readonly<Record<string, string>>;
	readonly user: string;
	readonly ports: readonly string[];
	readonly healthcheck: readonly string[];
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
}

/** Reads a Dockerfile; what is missing in it is empty. */
export function readDockerfile(text: string): Image {
	const file = DockerfileParser.parse(text);
	const named = (keyword: string) =>
		file.getInstructions().filter(instruction => instruction.getKeyword() === keyword);
	const wordsOf = (keyword: string) =>
		named(keyword).map(instruction => instruction.getArguments().map(word => word.getValue()));
	return {
		bases: file.getFROMs().map(from => from.getImage() ?? ''),
		commands: named('RUN').map(run => run.getArgumentsContent() ?? ''),
		copied: wordsOf('COPY')
			.filter(words => !words[0]?.startsWith('--from'))
			.map(([source = '', target = '']) => [source, target]),
		labels: Object.fromEntries(
			wordsOf('LABEL').flat().map(word => {
				const [name = '', ...value] = word.split('=');
				return [name, value.join('=').replace(/^"|"$/g, '')];
			}),
		),
		user: wordsOf('USER').at(-1)?.[0] ?? '',
		ports: wordsOf('EXPOSE').flat(),
		healthcheck: jsonOf(file.getHEALTHCHECKs()),
		entrypoint: jsonOf(file.getENTRYPOINTs()),
		command: jsonOf(file.getCMDs()),
	};
}
