export default {
	name: 'by-default',
	routes: [{request: 'GET https://api.example.test/', response: () => 'handled'}],
};
