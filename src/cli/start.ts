#!/usr/bin/env node
import {main} from './main.ts';
import {createStart, startName} from './program.ts';

// What npm runs for `npm start -- …`.
await main(createStart, [startName, ...process.argv.slice(2)]);
