import {fileURLToPath} from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the report goes. */
export const reportFile = at('../docs/benchmarks.md');
/** Where the chart goes. */
export const chartFile = at('../docs/images/benchmarks.svg');
/** The chart as the report names it. */
export const chartLink = './images/benchmarks.svg';
/** Where they go when not everything was measured, or too little of it to say something. */
export const partialReportFile = at('./out/partial.md');
export const partialChartFile = at('./out/partial.svg');
export const partialChartLink = './partial.svg';
/** What is measured: the built package. */
export const builtIndex = new URL('../dist/index.js', import.meta.url).href;
/** The same, as a user starts it from a shell. */
export const builtServe = at('../dist/cli/start.js');
/** The same before it is built, where each function is in a file of its own, for the profiler. */
export const sourceIndex = new URL('../src/index.ts', import.meta.url).href;
/** The contestants, each a file of its own. */
export const contestantFile = (id: string) => at(`./contestants/${id}.ts`);
/** What is started once and ends: see starts/. */
export const startFile = (id: string) => at(`./starts/${id}.mjs`);
/** The load. */
export const loadFile = at('./load.ts');
/** The client that uploads. */
export const uploadFile = at('./upload-client.ts');
/** What is installed for the bench alone. */
export const peerFolder = at('./node_modules');
