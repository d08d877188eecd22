/**
 * A plugin for rollup: takes the packages and Node's own modules as CommonJS code takes them.
 *
 * The packages are written in it, and to load them as ES modules takes longer; Koa's class is the same
 * either way. An `import` of one of Node's modules reads all that it exports, and for `node:http`,
 * from Node 22 on, that loads the whole of `fetch`: a fifth of the time from the start of a process to
 * its first answer. What `import()` loads later stays as it is.
 */
export const asCommonJs = {
	name: 'as-commonjs',
	renderChunk(code) {
		const taken = code.replace(statement, (_, name, names, from) => {
			const what = name ?? names.replaceAll(' as ', ': ');
			return from.startsWith('node:')
				? `const ${what} = process.getBuiltinModule('${from}');`
				: `const ${what} = fromPackage('${from}');`;
		});
		const left = /^import .* from '[^.].*/m.exec(taken);
		if (left) throw new Error(`This import has no form in CommonJS: ${left[0]}`);
		return {code: taken.includes('fromPackage(') ? withRequire(taken) : taken, map: null};
	},
};

/** As rollup writes it: one name for the whole, or names in braces. */
const statement = /^import (?:([\w$]+)|(\{ .* \})) from '([^.'][^']*)';$/gm;

function withRequire(code) {
	const [hashbang = ''] = /^#!.*\n/.exec(code) ?? [];
	const first = `import { createRequire as requireFor } from 'node:module';
const fromPackage = requireFor(import.meta.url);
`;
	return hashbang + first + code.slice(hashbang.length);
}
