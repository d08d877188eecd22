import type {ErrorObject} from 'ajv';

/**
 * ajv reports every branch of an `anyOf` or `oneOf` that failed. Only a branch of the right type
 * for the value tells an author something; when there is none, the one fault is the type.
 */
export function reduceBranches(errors: readonly ErrorObject[]): ErrorObject[] {
	const outermost = errors.find(
		error => hasBranches(error) && !errors.some(other => contains(other, error)),
	);
	if (outermost === undefined) return [...errors];
	const inside = errors.filter(error => contains(outermost, error));
	const outside = errors.filter(error => error !== outermost && !inside.includes(error));
	const fitting = [...new Set(inside.map(error => branchOf(outermost, error)))].filter(
		branch =>
			!inside.some(error => branchOf(outermost, error) === branch && isTypeOf(outermost, error)),
	);
	const [branch] = fitting;
	const kept =
		branch === undefined
			? [wrongType(outermost, inside)]
			: reduceBranches(inside.filter(error => branchOf(outermost, error) === branch)).map(error =>
					withForms(outermost, error),
				);
	return [...kept, ...reduceBranches(outside)];
}

/** A `oneOf` that several branches fit is a fault of its own. */
function hasBranches({keyword, params: {passingSchemas}}: ErrorObject): boolean {
	return keyword === 'anyOf' || (keyword === 'oneOf' && passingSchemas === null);
}

function contains(outer: ErrorObject, inner: ErrorObject): boolean {
	return (
		outer !== inner &&
		hasBranches(outer) &&
		inner.schemaPath.startsWith(`${outer.schemaPath}/`) &&
		`${inner.instancePath}/`.startsWith(`${outer.instancePath}/`)
	);
}

function branchOf(outer: ErrorObject, inner: ErrorObject): string {
	return inner.schemaPath.slice(outer.schemaPath.length + 1).split('/')[0] ?? '';
}

/**
 * Names that are allowed say nothing of the objects that may stand in their place: as `forms`, their
 * members join the `params` of the error.
 */
function withForms(outer: ErrorObject, error: ErrorObject): ErrorObject {
	if (error.keyword !== 'enum' || error.instancePath !== outer.instancePath) return error;
	const branches: readonly {readonly properties?: object}[] = Array.isArray(outer.schema)
		? outer.schema
		: [];
	const forms = branches.flatMap(({properties = {}}) => Object.keys(properties));
	return {...error, params: {...error.params, forms}};
}

function isTypeOf(outer: ErrorObject, inner: ErrorObject): boolean {
	return inner.keyword === 'type' && inner.instancePath === outer.instancePath;
}

/** The error of the branches as a `type` error that lists the types of all branches. */
function wrongType(outer: ErrorObject, inside: readonly ErrorObject[]): ErrorObject {
	const types = inside.filter(error => isTypeOf(outer, error)).flatMap(({params: {type}}) => type);
	return {...outer, keyword: 'type', params: {type: types}};
}
