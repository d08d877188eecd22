#!/usr/bin/env node
import {main} from './main.ts';
import {createProgram} from './program.ts';

await main(createProgram);
