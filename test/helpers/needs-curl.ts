import {spawnSync} from 'node:child_process';
import type {ExecutionContext} from 'ava';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/**
 * Whether a test that drives curl has to stop here: there is none on the PATH. It says so; where the
 * gate runs, which installs curl, it fails.
 */
export function lacksCurl(t: ExecutionContext): boolean {
	if (hasCurl) return false;
	t.log('There is no curl on the PATH, so nothing was tested.');
	t.falsy(process.env['CI'], 'curl is missing, although .ci/run installs it');
	return true;
}
