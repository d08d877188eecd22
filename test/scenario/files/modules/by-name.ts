import {defineScenario} from '../../../../src/app/define-scenario.ts';

export const scenario = defineScenario({
	name: 'by-name',
	routes: [{request: 'GET https://api.example.test/', response: {status: 204}}],
});
