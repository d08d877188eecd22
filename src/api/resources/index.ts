import type {Operation} from '../operation.ts';
import {bodiesOperations} from './bodies.ts';
import {doubleActions} from './double-actions.ts';
import {doublesOperations} from './doubles.ts';
import {eventsOperations} from './events.ts';
import {exchangesOperations} from './exchanges.ts';
import {hopsOperations} from './hops.ts';
import {knowledgeOperations} from './knowledge.ts';
import {serverOperations} from './server.ts';
import {verdictOperations} from './verdict.ts';

/** All operations, in the order of the document. A further resource is a file beside this one, and a line here. */
export const operations: readonly Operation[] = [
	...serverOperations,
	...knowledgeOperations,
	...doublesOperations,
	...doubleActions,
	...exchangesOperations,
	...bodiesOperations,
	...hopsOperations,
	...verdictOperations,
	...eventsOperations,
];
