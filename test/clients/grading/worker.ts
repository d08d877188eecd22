/**
 * Grades one client in a process of its own, and sends the outcome to the process that started it:
 *
 *     node test/clients/grading/worker.ts <id of the client> [<scenario>]...
 */
import {knownClients} from '../adapters/index.ts';
import {gradeKnownClient} from './grade-known-client.ts';

const [id = '', ...scenarios] = process.argv.slice(2);
const known = knownClients.find(client => client.id === id);
if (known === undefined) throw new Error(`There is no client ${id}.`);
const client = await known.open();
const graded = await gradeKnownClient(id, client, scenarios);
await client.close();
// A client that hangs may have left something behind.
process.send?.(graded, () => process.exit(0));
