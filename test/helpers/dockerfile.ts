import {DockerfileParser} from 'dockerfile-ast';

/** What the Dockerfile says, as the checks of it need it. */
export interface Image {
	/** The images that its stages begin with, in order. */
	readonly bases: readonly string[];
	/** What each RUN gives to the shell. */
	readonly commands: readonly string[];
	/** What is copied from the build context. */
	readonly copied: readonly {readonly source: string; readonly target: string}[];
	readonly labels: Readonly<Record<string, string>>;
	/** What stands last in front of the PATH of the base image. */
	readonly path: string;
	readonly user: string;
	readonly ports: readonly string[];
	/** Commands, word by word. */
	readonly healthcheck: readonly string[];
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
}

/** Reads a Dockerfile; what is missing in it is empty. */
export function readDockerfile(text: string): Image {
	const file = DockerfileParser.parse(text);
	const contents = (keyword: string) =>
		file
			.getInstructions()
			.filter(instruction => instruction.getKeyword() === keyword)
			.map(instruction => instruction.getArgumentsContent() ?? '');
	return {
		bases: file.getFROMs().map(from => from.getImage() ?? ''),
		commands: contents('RUN'),
		copied: file
			.getCOPYs()
			.filter(copy => copy.getFromFlag() === null)
			.map(copy => {
				const [source = '', target = ''] = copy.getArguments().map(word => word.getValue());
				return {source, target};
			}),
		labels: labelsIn(contents('LABEL').join(' ')),
		path: /^PATH=([^:]+):\$PATH$/.exec(contents('ENV').at(-1) ?? '')?.[1] ?? '',
		user: contents('USER').at(-1) ?? '',
		ports: contents('EXPOSE'),
		healthcheck: wordsOf(contents('HEALTHCHECK').at(-1)?.replace(/^CMD /, '')),
		entrypoint: wordsOf(contents('ENTRYPOINT').at(-1)),
		command: wordsOf(contents('CMD').at(-1)),
	};
}

function labelsIn(text: string): Record<string, string> {
	const labels = text.matchAll(/([\w.]+)="([^"]*)"/g);
	return Object.fromEntries([...labels].map(([, name = '', value = '']) => [name, value]));
}

/** @throws SyntaxError for what is no list of words in JSON: a shell would read it */
function wordsOf(json = '[]'): string[] {
	return JSON.parse(json);
}
