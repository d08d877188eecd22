import {FollowthroughError} from '../errors.ts';
import {type Content, keptSize} from './content.ts';

/**
 * All bytes of a body were asked for, and not all were kept.
 *
 * @param owner the request, such as `POST https://api.example.test/users`, safe to print
 * @param consequence what can't be told for that reason
 */
export function bodyNotKept(
	owner: string,
	content: Content,
	consequence?: string,
): FollowthroughError {
	const kept = `Only the first ${keptSize(content)} of the ${content.size} bytes of the body of ${owner} were kept`;
	const sentences = [`${kept}: ${reasonOf(content)}`, ...(consequence ? [consequence] : [])];
	return new FollowthroughError('BODY_NOT_KEPT', sentences.join(' '), {cause: content.lost?.cause});
}

function reasonOf({lost}: Content): string {
	if (lost?.why === 'disk')
		return `the disk took no more (${messageOf(lost.cause)}). Make room in the folder for temporary files, or name another one in the variable TMPDIR (on Windows, TEMP); body.preview(body.kept) has what there is.`;
	return 'the option maxBodySize says so. Start the double with a larger one; body.preview(body.kept) has what there is.';
}

/** The bytes of a body were kept, and can't be had any more. */
export function bodyLost(owner: string, {size}: Content, cause: unknown): FollowthroughError {
	const what = `The body of ${owner} (${size} bytes)`;
	if (codeOf(cause) === 'ENOENT')
		return new FollowthroughError(
			'BODY_GONE',
			`${what} is gone: large bodies are kept in a temporary file, removed when the double is closed or reset, or when the journal drops the exchange. Read them before.`,
			{cause},
		);
	return new FollowthroughError(
		'BODY_UNREADABLE',
		`${what} can't be read back from its temporary file: ${messageOf(cause)}`,
		{cause},
	);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
