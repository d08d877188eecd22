import type {Operation} from '../operation.ts';
import {doublesOperations} from './doubles.ts';
import {serverOperations} from './server.ts';

/** All operations, in the order of the document. A further resource is a file beside this one, and a line here. */
export const operations: readonly Operation[] = [...serverOperations, ...doublesOperations];
