import {defineScenario} from '../../../../src/scenario/define.ts';

export const scenario = defineScenario({
	name: 'by-name',
	routes: [{request: 'GET https://api.example.test/', response: {status: 204}}],
});
